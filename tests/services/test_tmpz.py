from tests.builders import World
from bot.services.talk.meaning import Meant
from tests.services.talking import *
def test_zz(world: World):
    talk=world.citizen()
    for t in ["我家这种算留守儿童不 我跟他爸都在外面上班呢","7岁 一年级 跟奶奶在红石","他爸过完年就走了 2月底 天津干装修 我六月走的 在延吉","诶不对 我说的六月是阴历 阳历七月十九","中间五一他爸回来待了四天 这算断了吗","所以呢 行还是不行 我一会儿还有客人"]:
        print(t, world.say(talk,t)); print("    ", [s.text for s in world.said(talk)][-1][:200].replace("\n"," / "))
    talk=world.citizen()
    for t in ["爸爸判了六年 妈三年前跑了没影 我侄女搁我家养两年半了","我不是想要钱啊 就是怕以后她念书我供不起"]:
        print(t, world.means(talk,t,"report",Meant("report_concern",0.6))); print("    ", [s.text for s in world.said(talk)][-1][:200].replace("\n"," / "))
def test_yy(world: World):
    from bot.reading import told, codes
    talk=_filed=asked_for(world,"confirm","有个孩子没人管 他爷天天喝酒")
    world.say(talk,"提交")
    print(world.say(talk,"中 那你就按昨个那个记上 孩子爸电话我有 一三九四三四五零六一二"))
    print(words(world))
