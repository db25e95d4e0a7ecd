// Looks for news of a live talk every few seconds. Without scripts the link beside the field does the same.
const said = document.getElementById("said");
if (said) {
  const look = async () => {
    try {
      const answer = await fetch(said.dataset.news, { credentials: "same-origin", cache: "no-store" });
      if (answer.ok) {
        const found = new DOMParser().parseFromString(await answer.text(), "text/html").body.children;
        said.replaceChildren(...found);
      } else if (answer.status !== 503) {
        location.reload();
        return;
      }
    } catch {
      // The network is away for a moment; the next look will tell.
    }
    setTimeout(look, document.hidden ? 15000 : 3000);
  };
  setTimeout(look, 3000);
}
