import { degrees } from "pdf-lib";
import { Sheet } from "./sheet.ts";

/** Draws one case. */
export type PageMaker = () => Promise<Sheet>;

const [LEFT, WIDTH] = [90, 432];
const BIRDS =
  "The recordings were made at dawn in eleven wetlands by volunteers who knew each species well. Every clip was cut to ten seconds and heard by two of us, and clips on which we did not agree were left out. Wind and rain make such clips hard to label, and we kept the hard ones too.";
const RESULTS =
  "On the held-out wetlands the model hears most species as well as a trained listener does. It is weakest on calls that overlap, which is where people err as well. We look at these errors below and say what might be done about them.";

/** Cases whose trouble is the order of the text and what belongs to it. */
export const PROSE_PAGES: Readonly<Record<string, PageMaker>> = {
  "two-columns": async () => {
    const sheet = await Sheet.open();
    sheet.line(306, 90, "Heron: A Model of Bird Calls", { size: 16, face: "bold", align: "center" });
    sheet.line(306, 112, "Ida Brook and Sol Marsh", { align: "center" });
    const column = 235;
    let y = sheet.lines(63, 150, ["1 Data"], { size: 12, face: "bold" });
    y = sheet.paragraph(63, y + 6, column, BIRDS);
    y = sheet.paragraph(63, y + 6, column, RESULTS);
    y = sheet.lines(63, y + 10, ["2 Training"], { size: 12, face: "bold" });
    const story = sheet.wrap(
      "We trained Heron-Base on 8 V100 GPUs for 3 days. Heron-Large, which has 340M parameters, was trained on 64 V100 GPUs and took a little more than 12 days to train, most of it on the longest clips. We stopped when the loss on the held-out wetlands no longer fell.",
      column,
    );
    sheet.lines(63, y + 6, story.slice(0, 3));
    const right = sheet.lines(318, 150, story.slice(3));
    const next = sheet.lines(318, right + 10, ["3 Results"], { size: 12, face: "bold" });
    const more = sheet.paragraph(318, next + 6, column, RESULTS);
    sheet.paragraph(318, more + 6, column, BIRDS);
    return sheet;
  },
  "over-pages": async () => {
    const sheet = await Sheet.open();
    const story = sheet.wrap(
      "The whole run of Heron-Large used 64 A100 GPUs of the university cluster and lasted for 12 days, including two restarts after the power of one rack had failed during the night.",
      WIDTH,
    );
    sheet.line(306, 50, "I. Brook and S. Marsh", { size: 9, align: "center" });
    let y = sheet.paragraph(LEFT, 90, WIDTH, BIRDS);
    y = sheet.paragraph(LEFT, y + 6, WIDTH, RESULTS);
    sheet.lines(LEFT, 640, story.slice(0, 1));
    sheet.line(306, 750, "1", { size: 9, align: "center" });
    sheet.turnPage();
    sheet.line(306, 50, "Heron: A Model of Bird Calls", { size: 9, align: "center" });
    y = sheet.lines(LEFT, 90, story.slice(1));
    sheet.paragraph(LEFT, y + 6, WIDTH, "No other run of ours was as long, and none has been cut short since.");
    sheet.line(306, 750, "2", { size: 9, align: "center" });
    sheet.turnPage();
    sheet.line(306, 50, "I. Brook and S. Marsh", { size: 9, align: "center" });
    sheet.paragraph(LEFT, 90, WIDTH, RESULTS);
    sheet.line(306, 750, "3", { size: 9, align: "center" });
    sheet.turnPage();
    sheet.line(306, 50, "Heron: A Model of Bird Calls", { size: 9, align: "center" });
    sheet.paragraph(LEFT, 90, WIDTH, "We thank the wardens of all eleven wetlands for their patience, and for the keys to the hides.");
    sheet.line(306, 750, "4", { size: 9, align: "center" });
    return sheet;
  },
  footnotes: async () => {
    const sheet = await Sheet.open();
    let y = sheet.paragraph(LEFT, 90, WIDTH, BIRDS);
    y = sheet.paragraph(
      LEFT,
      y + 6,
      WIDTH,
      "Training took 4 days^{2} on 16 GPUs^{3} of the cluster, and the bill came to $1,200.^{4} A second run with other seeds took as long.",
    );
    sheet.paragraph(LEFT, y + 6, WIDTH, RESULTS);
    sheet.rule(LEFT, 668, 160);
    sheet.lines(
      LEFT,
      680,
      ["^{2} Without the hour that loading the clips takes.", "^{3} NVIDIA V100 with 32 GB.", "^{4} At the price of spring 2021."],
      {
        size: 8,
      },
    );
    return sheet;
  },
  headings: async () => {
    const sheet = await Sheet.open();
    let y = sheet.lines(LEFT, 90, ["3 Experiments"], { size: 14, face: "bold" });
    y = sheet.paragraph(LEFT, y + 8, WIDTH, BIRDS);
    y = sheet.lines(LEFT, y + 12, ["3.1 Hardware"], { size: 11, face: "bold" });
    y = sheet.paragraph(LEFT, y + 6, WIDTH, "All models were trained on one machine with 8 A100 GPUs. The base model took 12 hours.");
    y = sheet.lines(LEFT, y + 12, ["3.2 Schedule"], { size: 11, face: "bold" });
    sheet.paragraph(LEFT, y + 6, WIDTH, RESULTS);
    return sheet;
  },
  captions: async () => {
    const sheet = await Sheet.open();
    const story = sheet.wrap(
      "The large model was trained on 32 TPU v3 chips, and its training took no less than nine days in all, for the first two runs did not converge and had to be started once more.",
      WIDTH,
    );
    let y = sheet.paragraph(LEFT, 90, WIDTH, BIRDS);
    y = sheet.lines(LEFT, y + 6, story.slice(0, 1));
    sheet.page.drawRectangle({ x: LEFT + 60, y: 792 - y - 170, width: 300, height: 150, borderWidth: 1 });
    for (let bar = 0; bar < 6; bar += 1)
      sheet.page.drawRectangle({ x: LEFT + 80 + bar * 40, y: 792 - y - 165, width: 24, height: 30 + bar * 16 });
    sheet.line(LEFT + 92, y + 182, "10", { size: 7, align: "center" });
    sheet.line(LEFT + 292, y + 182, "60", { size: 7, align: "center" });
    const under = sheet.paragraph(LEFT, y + 200, WIDTH, "Figure 2: Species heard after 10 to 60 hours of training on 4 GPUs.", { size: 9 });
    y = sheet.lines(LEFT, under + 12, story.slice(1));
    sheet.paragraph(LEFT, y + 6, WIDTH, RESULTS);
    return sheet;
  },
  "line-numbers": async () => {
    const sheet = await Sheet.open();
    const lines = [BIRDS, "We trained for 6 days on 24 GPUs and stopped after 90 epochs, when nothing changed any more.", RESULTS].flatMap(
      (text) => sheet.wrap(text, WIDTH),
    );
    for (const [index, line] of lines.entries()) {
      sheet.line(LEFT, 90 + index * 12, line);
      sheet.line(70, 90 + index * 12, String(index + 1), { size: 6, align: "right" });
    }
    return sheet;
  },
  "margin-notes": async () => {
    const sheet = await Sheet.open();
    let y = sheet.paragraph(150, 90, 372, BIRDS);
    const mark = y + 6;
    y = sheet.paragraph(
      150,
      mark,
      372,
      "Heron-Large was trained on 64 A100 GPUs and the training took 12 days in all, of which the last two brought nothing more. The learning rate was halved twice.",
    );
    sheet.lines(40, mark, ["is this the", "long run of", "90 days?"], { size: 7 });
    sheet.paragraph(150, y + 6, 372, RESULTS);
    return sheet;
  },
  references: async () => {
    const sheet = await Sheet.open();
    let y = sheet.paragraph(LEFT, 90, WIDTH, RESULTS);
    y = sheet.paragraph(LEFT, y + 6, WIDTH, "The model of Finch [2] was trained on 16 GPUs.");
    y = sheet.lines(LEFT, y + 12, ["References"], { size: 12, face: "bold" });
    y = sheet.lines(LEFT, y + 6, ["[1] I. Brook. Calls of the reed. Journal of Marsh Sound, 12(3):8-64, 2019."]);
    y = sheet.lines(LEFT, y + 4, [
      "[2] R. Finch and T. Wren. 128 GPUs in 4 days: fast models of song. In Proceedings of the",
      "Meeting on Song, pages 100-112, 2020.",
    ]);
    y = sheet.lines(LEFT, y + 4, ["[3] A. Teal. Open water. CoRR, abs/2001.01234, 2020."]);
    sheet.lines(LEFT, y + 4, ["[4] P. Swift. Wings: a survey. Annual Review of Flight, 44:1-20, 2018."]);
    return sheet;
  },
  hyphenation: async () => {
    const sheet = await Sheet.open();
    sheet.lines(LEFT, 90, [
      "All of our models were trained in the same way and on the same clips. The pre-",
      "training of the large model used 512 GPU-hours on a cluster of the univer-",
      "sity, and the fine-tuning that follows pretraining used a further 96 GPU-",
      "hours. Models of the university that were trained before ours needed a 4-",
      "day run of state-of-the-art hardware, and the fine-tun-",
      "ing of those took longer still than ours did, by the same measure.",
    ]);
    return sheet;
  },
  superscripts: async () => {
    const sheet = await Sheet.open();
    let y = sheet.paragraph(LEFT, 90, WIDTH, BIRDS);
    y = sheet.paragraph(
      LEFT,
      y + 6,
      WIDTH,
      "Training took 3.3 \u00b7 10^{18} FLOPs for the base model and 2.3 \u00d7 10^{19} for the large one, with a learning rate of 10^{-4}. It emitted 1.4 t of CO_{2} and 2 kg of CO_{2}e per day, on a floor of 30 m^{2}.",
    );
    sheet.paragraph(LEFT, y + 6, WIDTH, RESULTS);
    return sheet;
  },
  "turned-page": async () => {
    const sheet = await Sheet.open([612, 792]);
    // A page that lies on its side and is turned upright when it is shown.
    const lines = ["Heron was trained on 128 TPU v4 chips", "for 30 hours, and then once more for ten."];
    for (const [index, line] of lines.entries()) sheet.page.drawText(line, { x: 100 + index * 14, y: 100, size: 11, rotate: degrees(90) });
    sheet.page.setRotation(degrees(90));
    return sheet;
  },
  "arxiv-stamp": async () => {
    const sheet = await Sheet.open();
    sheet.line(306, 100, "Heron: A Model of Bird Calls", { size: 16, face: "bold", align: "center" });
    sheet.line(306, 124, "Ida Brook and Sol Marsh", { align: "center" });
    sheet.page.drawText("arXiv:2106.01234v2  [cs.SD]  14 Jun 2021", { x: 32, y: 260, size: 18, rotate: degrees(90) });
    const y = sheet.paragraph(LEFT, 160, WIDTH, BIRDS);
    sheet.paragraph(LEFT, y + 6, WIDTH, "Heron was trained on 8 GPUs for 3 days.");
    return sheet;
  },
};
