// The texts and pictures whose contrast with what is behind them is below WCAG 2.2 AA.
(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  function rgba(color) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }

  function over(top, below) {
    return [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  }

  function background(element) {
    const layers = [];
    for (let item = element; item; item = item.parentElement) {
      const color = rgba(getComputedStyle(item).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reduceRight((below, top) => over(top, below), [255, 255, 255, 1]);
  }

  function luminance(color) {
    const [r, g, b] = color.map(value => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ratio(a, b) {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  }

  const found = [];
  let least = 99, count = 0;
  function check(what, color, element, needed) {
    const behind = background(element);
    const value = ratio(over(rgba(color), behind), behind);
    least = Math.min(least, value);
    count += 1;
    if (value < needed) found.push(`${what}: ${value.toFixed(2)} < ${needed}`);
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || element.closest("svg, script, style") || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize), isBold = Number(style.fontWeight) >= 700;
    check(text.slice(0, 40), style.color, element, size >= 24 || isBold && size >= 18.66 ? 3 : 4.5);
  }
  for (const path of document.querySelectorAll("svg path:not(.axis)")) {
    const style = getComputedStyle(path);
    const color = style.fill === "none" ? style.stroke : style.fill;
    check(`path.${path.getAttribute("class")}`, color, path.closest("svg").parentElement, 3);
  }
  for (const badge of document.querySelectorAll(".badge, .word")) {
    const color = getComputedStyle(badge, "::before").backgroundColor;
    check(`sign of ${badge.className}`, color, badge, 3);
  }
  return { found: [...new Set(found)], least, count };
})()
