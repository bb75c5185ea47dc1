import { describe, expect, test } from "vitest";
import { grid, outline, read } from "./reading.ts";

const PAGE = `<!doctype html><html><head><title>Bills | Site</title><meta property="og:title" content="Bills">
<meta property="article:published_time" content="2020-05-04T10:00:00Z"><style>p{}</style></head>
<body class="has-sidebar"><header><nav>Home 7 days</nav></header>
<div class="site-content"><main><article>
<h1>Bills</h1><p>It ran on 5<b>12</b>&nbsp;chips for 2.5 days &amp; used 3 &times; 10<sup>18</sup>
FLOPs.<sup><a href="#n1">4</a></sup></p>
<figure><table><caption>Table 1: runs</caption><thead><tr><th>Run<th>Hours</thead><tbody><tr><td>A<td>96<br>(4 days)</table></figure>
<dl><dt>Hardware</dt><dd>64 GPUs</dd></dl>
<div class="sharedaddy">Share 3 times</div><aside>Buy 4 GPUs</aside>
<section id="comments"><h2>2 Comments</h2><p>I used 9 GPUs.</p><table><tr><td>a<td>1<tr><td>b<td>2</table></section>
</article><div class="related-posts">Related: 5 days</div></main></div><footer>12 hours</footer><script>var x = "6 GPUs";</script></body></html>`;

describe("HTML", () => {
  test("the article is read and what surrounds it is not", async () => {
    const document = await read("a.html", PAGE);
    expect(document.title).toBe("Bills");
    expect(document.date).toBe("2020-05-04");
    expect(outline(document)).toEqual([
      "heading: Bills",
      "paragraph: It ran on 512 chips for 2.5 days & used 3 × 10¹⁸\nFLOPs.",
      "caption: Table 1: runs",
      "table: Run\tHours\nA\t96 (4 days)",
      "list-item: Hardware: 64 GPUs",
      "comment: 2 Comments",
      "comment: I used 9 GPUs.",
      "comment: a",
      "comment: 1",
      "comment: b",
      "comment: 2",
    ]);
    expect(document.tables).toHaveLength(1);
    expect(grid(document, 0)).toEqual(["0=Run* | 1=Hours*", "0=A | 1=96 (4 days)"]);
  });

  test("formulas are read from their TeX, once", async () => {
    const math = (body: string): string => `<p>It took ${body} FLOPs.</p>`;
    const katex =
      '<span class="katex"><span class="katex-mathml"><math><semantics><mn>3</mn><annotation encoding="application/x-tex">3 \\times 10^{23}</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">3×10 23</span></span>';
    expect((await read("a.html", math(katex))).text).toBe("It took 3 ×10²³ FLOPs.");
    expect((await read("a.html", math('<math alttext="3.1\\times 10^{23}"><mn>3.1</mn></math>'))).text).toBe("It took 3.1×10²³ FLOPs.");
    expect((await read("a.html", math("<math><mn>2</mn><mo>×</mo><msup><mn>10</mn><mn>21</mn></msup></math>"))).text).toBe(
      "It took 2×10²¹ FLOPs.",
    );
  });

  test("a class name does not hide the page itself", async () => {
    const document = await read("a.html", '<body><div class="share-page"><p>We rented 64 GPUs for nine days.</p></div></body>');
    expect(document.text).toBe("We rented 64 GPUs for nine days.");
  });

  test("tables that only arrange the page are no tables", async () => {
    const document = await read(
      "a.html",
      "<table><tr><td><h2>Cost</h2><p>It was $5.</p><table><tr><th>a<th>b<tr><td>1<td>2</table></td></tr></table>",
    );
    expect(outline(document)).toEqual(["heading: Cost", "paragraph: It was $5.", "table: a\tb\n1\t2"]);
  });
});
