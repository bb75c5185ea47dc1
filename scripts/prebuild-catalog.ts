/** Keeps the parsed rules beside the compiled code, so that the first start of an installed tool reads no YAML. Part of `npm run build`. */
const compiled = new URL("../dist/store/rules-folder.js", import.meta.url);
const { prebuildCatalog } = await import(compiled.href);
const catalog = await prebuildCatalog();
console.log(
  `rules ${catalog.hash.slice(0, 12)}: ${catalog.equations.length} equations, ${catalog.accelerators.length} products, ${catalog.prices.length} prices`,
);
