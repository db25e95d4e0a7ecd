// A report from /start to its code over telegram-test-api, with taps; then an emergency of another person.
const { TelegramClient } = require('telegram-test-api/lib/modules/telegramClient');

const [url, token, chat] = process.argv.slice(2);
const STEPS = [ // what is sent, or tapped; what one of the answers must hold
  ['/start', '护童'],
  ['邻居家孩子天天挨打，身上都是伤', '有危险吗'],
  ['tap:现在没有', '哪个县'],
  ['公主岭市响水镇姜家店村', '什么时候'],
  ['昨天晚上', '姓名'],
  ['tap:不清楚', '回复您吗'],
  ['tap:可以', '这样转出去'],
  ['tap:没错', '查询码'],
];

async function step(client, buttons, [sent, wanted]) {
  const began = Date.now();
  const tapped = buttons.find((one) => sent.startsWith('tap:') && one.text.startsWith(sent.slice(4)));
  if (tapped) await client.sendCallback(client.makeCallbackQuery(tapped.callback_data));
  else if (sent.startsWith('/')) await client.sendCommand(client.makeCommand(sent));
  else await client.sendMessage(client.makeMessage(sent));
  for (;;) {
    for (const { message } of (await client.getUpdates()).result) {
      if (!message.text.includes(wanted)) continue;
      console.log(Date.now() - began, 'ms', sent, '->', message.text.replace(/\n/g, ' ').slice(0, 60));
      return ((message.reply_markup || {}).inline_keyboard || []).flat();
    }
  }
}

(async () => {
  const person = (id) => new TelegramClient(url, token, { chatId: id, userId: id, timeout: 60000 });
  const first = person(Number(chat));
  let buttons = [];
  for (const one of STEPS) buttons = await step(first, buttons, one);
  await step(person(Number(chat) + 1), [], ['救命 我爸拿刀要砍我妈 现在', '110']);
})().catch((error) => { console.error(error.message); process.exitCode = 1; });
