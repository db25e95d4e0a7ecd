// The one thing a page cannot do without a script: to open the printer's window by a button.
const print = document.createElement("button");
print.type = "button";
print.textContent = "打印这一页";
print.addEventListener("click", () => window.print());
document.body.prepend(print);
