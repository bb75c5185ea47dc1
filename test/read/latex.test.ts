import { describe, expect, test } from "vitest";
import { lineOf } from "../../src/model/document.ts";
import { grid, outline, read } from "./reading.ts";

const PAPER = String.raw`\documentclass{article}
\newcommand{\ours}{Vela-7B\xspace}
\title{Big \textbf{Model}}
\date{June 3, 2021}
\begin{document}
\maketitle
\begin{abstract}
We train \ours on $512$ TPU~v3 chips\footnote{At \$8 per hour.} for
\num{2.5} days, $\sim$36 hours. % 99 GPUs
It used $3.1\times10^{18}$ FLOPs---\SI{3}{\kilo\watt\hour} and \emph{${"``"}much''} more~\citep{a}.
\end{abstract}
\section{Costs}\label{sec:costs}
\begin{itemize}
\item 64 A100, after M\"uller
\item[Time] 9 days
\end{itemize}
\begin{table}[t]
\resizebox{\linewidth}{!}{
\begin{tabular}{lrr}
\toprule
Model & \multicolumn{2}{c}{Cost} \\
\cmidrule(lr){2-3}
 & Hours & USD \\
\midrule
\multirow{2}{*}{\ours} & 96 & \$1{,}024 \\
 & 48 & \$512 \\
\bottomrule
\end{tabular}}
\caption{Runs of \ours}
\end{table}
\begin{verbatim}
train --gpus 8
\end{verbatim}
\begin{thebibliography}{9}
\bibitem{a} A. Roe, 8 GPUs.
\end{thebibliography}
\end{document}
`;

describe("LaTeX", () => {
  test("the source is read as it would be printed", async () => {
    const document = await read("a.tex", PAPER);
    expect(document.title).toBe("Big Model");
    expect(document.date).toBe("2021-06-03");
    expect(outline(document)).toEqual([
      "paragraph: We train Vela-7B on 512 TPU v3 chips for\n2.5 days, ~36 hours.\nIt used 3.1×10¹⁸ FLOPs—3 kWh and “much” more.",
      "footnote: At $8 per hour.",
      "heading: Costs",
      "list-item: 64 A100, after Müller",
      "list-item: Time 9 days",
      "caption: Runs of Vela-7B",
      "table: Model\tCost\n\tHours\tUSD\nVela-7B\t96\t$1,024\n48\t$512",
      "code: train --gpus 8",
      "references: A. Roe, 8 GPUs.",
    ]);
    expect(lineOf(document, { start: document.text.indexOf("9 days"), end: 0 })).toBe(15);
  });

  test("tables keep their grid and their caption", async () => {
    const document = await read("a.tex", PAPER);
    expect(grid(document, 0)).toEqual(["0=Model* | 1=Cost*", "0=* | 1=Hours* | 2=USD*", "0=Vela-7B | 1=96 | 2=$1,024", "1=48 | 2=$512"]);
    const [table] = document.tables;
    expect(table?.cells.find((cell) => cell.rowSpan === 2)?.column).toBe(0);
    expect(document.text.slice(table?.caption?.start, table?.caption?.end)).toBe("Runs of Vela-7B");
  });

  test("a fragment without a document is read too, and a definition that holds itself ends", async () => {
    const document = await read("a.tex", String.raw`\newcommand{\x}{a \x}We used 8 GPUs \x for 3 days.`);
    expect(document.text).toContain("We used 8 GPUs");
    expect(document.text).toContain("for 3 days.");
  });
});
