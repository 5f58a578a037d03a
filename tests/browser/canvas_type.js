// Notes the size of every text that is written on a canvas that is seen.
window.canvasType = [];
const { fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
  const isSeen = this.canvas.isConnected && getComputedStyle(this.canvas).visibility === "visible";
  if (isSeen && String(text).trim()) {
    const ratio = this.canvas.width / (this.canvas.clientWidth || this.canvas.width);
    const size = parseFloat(/([\d.]+)px/.exec(this.font)[1]) * this.getTransform().a;
    window.canvasType.push([String(text), size / ratio]);
  }
  return fillText.call(this, text, ...at);
};
