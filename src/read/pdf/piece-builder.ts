import { glyphText } from "./glyph-text.ts";
import type { FontLook, Piece, Turn } from "./page-content.ts";

/** A gap of this part of the em square parts two words. TeX sets no space narrower than 0.17, and no kern wider than 0.1. */
export const WORD_GAP_EM = 0.12;
/** A step back by more than this is no kerning. */
const STEP_BACK_EM = 0.3;
/** Baselines nearer than this are the same. */
const SAME_BASELINE_EM = 0.02;

/** A glyph as it is placed, in the frame of its turn. */
export interface PlacedGlyph {
  readonly unicode: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
}

/** What glyphs shown together share. */
export interface Showing {
  readonly turn: Turn;
  readonly size: number;
  readonly font: FontLook;
  readonly picture: number;
  /** Space that the file adds after every glyph; it parts no words. */
  readonly tracking: number;
}

/** Gathers glyphs into pieces, one after the other. */
export class PieceBuilder {
  readonly #take: (turn: Turn, piece: Piece) => void;
  #showing: Showing | null = null;
  #text = "";
  #edges: number[] = [];
  #right = 0;
  #baseline = 0;
  #rank = 0;
  #spaced = false;

  constructor(take: (turn: Turn, piece: Piece) => void) {
    this.#take = take;
  }

  /** Glyphs that follow are shown this way. */
  show(showing: Showing): void {
    const last = this.#showing;
    if (
      last !== null &&
      !(last.turn === showing.turn && last.size === showing.size && last.font === showing.font && last.picture === showing.picture)
    ) {
      this.end();
    }
    this.#showing = showing;
  }

  add(unicode: string, left: number, right: number, baseline: number): void {
    const showing = this.#showing;
    if (showing === null) return;
    const glyph = glyphText(unicode);
    if (glyph.kind === "nothing") return;
    if (glyph.kind === "space") {
      this.end();
      this.#spaced = true;
      return;
    }
    if (this.#text !== "") {
      const gap = left - this.#right - showing.tracking;
      const size = showing.size;
      if (gap > WORD_GAP_EM * size || gap < -STEP_BACK_EM * size || Math.abs(baseline - this.#baseline) > SAME_BASELINE_EM * size)
        this.end();
    }
    if (this.#text === "") {
      this.#baseline = baseline;
      this.#edges.push(left);
    } else {
      // The edge between two glyphs is where the second begins; kerning makes that differ from where the first ends.
      this.#edges[this.#edges.length - 1] = left;
    }
    const text = glyph.text;
    for (let index = 1; index < text.length; index += 1) this.#edges.push(left + ((right - left) * index) / text.length);
    this.#edges.push(right);
    this.#text += text;
    this.#right = right;
  }

  /** Ends the piece at hand. */
  end(): void {
    const showing = this.#showing;
    const left = this.#edges[0];
    if (this.#text === "" || showing === null || left === undefined) return;
    this.#take(showing.turn, {
      text: this.#text,
      edges: this.#edges,
      left,
      right: this.#right,
      baseline: this.#baseline,
      size: showing.size,
      font: showing.font,
      rank: this.#rank,
      spaced: this.#spaced,
      picture: showing.picture,
    });
    this.#rank += 1;
    this.#text = "";
    this.#edges = [];
    this.#spaced = false;
  }
}
