// A button that prints the page; without script there is the browser's own.

const button = document.querySelector("button.print");
button.hidden = false;
button.addEventListener("click", () => print());
