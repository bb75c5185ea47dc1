import { OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import { DrawnShapes } from "./drawn-shapes.ts";
import { type EngineFont, fontLook } from "./font-look.ts";
import { compose, type GraphicsState, IDENTITY, initialState, type Matrix, mappedBounds } from "./graphics-state.ts";
import {
  type DrawnRule,
  type FontLook,
  frameSize,
  inFrame,
  type PageContent,
  type Piece,
  type Rule,
  type Turn,
  type TurnedPiece,
} from "./page-content.ts";
import { PieceBuilder } from "./piece-builder.ts";
import { type SymbolEncoding, symbolEncoding, symbolMeaning } from "./symbol-encoding.ts";

/** The drawing operators of a page as the engine hands them over. */
export interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

export interface PageFrame {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  /** From the space of the page to points from the top left corner as displayed. */
  readonly matrix: Matrix;
}

/**
 * Plays the drawing operators of a page and notes where every glyph, line and picture comes to stand.
 *
 * The operators give the exact advance of each glyph, the borders of tables and the extent of pictures, none of which the engine's
 * own text extraction tells.
 *
 * Source: ISO 32000-1, chapter 9 (text); the arithmetic of advances is 9.4.4.
 */
export function interpretPage(frame: PageFrame, operators: OperatorList, fontOf: (id: string) => EngineFont | null): PageContent {
  const interpreter = new Interpreter(frame, fontOf);
  interpreter.play(operators);
  return interpreter.content();
}

/** A part of the page above which a form is the page itself, not a picture in it. */
const WHOLE_PAGE_PART = 0.55;
/** A part of the glyphs above which what seems to be pictures is how the file was made. */
const PICTURED_PART = 0.7;
/** Sine of the angle below which text counts as level. */
const LEVEL_SINE = 0.05;

interface LoadedFont {
  readonly look: FontLook;
  /** Text space per glyph unit of the engine. */
  readonly unit: number;
  /** Em square per unit of font size. */
  readonly em: number;
  readonly vertical: boolean;
  readonly encoding: SymbolEncoding | null;
}

class Interpreter {
  readonly #frame: PageFrame;
  readonly #fontOf: (id: string) => EngineFont | null;
  readonly #fonts = new Map<string, LoadedFont>();
  readonly #looks = new Map<string, FontLook>();
  readonly #shapes = new DrawnShapes();
  readonly #byTurn: readonly [Piece[], Piece[], Piece[], Piece[]] = [[], [], [], []];
  readonly #builder = new PieceBuilder((turn, piece) => this.#byTurn[turn].push(piece));
  readonly #stack: GraphicsState[] = [];
  #state: GraphicsState;
  #groupBounds: readonly number[] | null = null;
  #pictures = 0;

  constructor(frame: PageFrame, fontOf: (id: string) => EngineFont | null) {
    this.#frame = frame;
    this.#fontOf = fontOf;
    this.#state = initialState(frame.matrix);
  }

  play(operators: OperatorList): void {
    const { fnArray, argsArray } = operators;
    for (let index = 0; index < fnArray.length; index += 1) this.#step(fnArray[index] ?? 0, (argsArray[index] ?? []) as readonly unknown[]);
    this.#builder.end();
  }

  content(): PageContent {
    const { number, width, height } = this.#frame;
    const turn = this.#mainTurn();
    const size = frameSize(width, height, turn);
    const turned: TurnedPiece[] = [];
    this.#byTurn.forEach((pieces, other) => {
      if (other !== turn) for (const piece of pieces) turned.push({ turn: other as Turn, piece });
    });
    const place = (rules: readonly Rule[]): readonly Rule[] =>
      turn === 0 ? rules : rules.map((rule) => inFrame(rule, width, height, turn));
    const placeDrawn = (rules: readonly DrawnRule[]): readonly DrawnRule[] =>
      turn === 0 ? rules : rules.map((rule) => ({ ...inFrame(rule, width, height, turn), picture: rule.picture }));
    const swapped = turn % 2 === 1;
    return {
      number,
      width,
      height,
      turn,
      pieces: plain(this.#byTurn[turn].filter((piece) => onSheet(piece, size))),
      turned,
      horizontals: placeDrawn(swapped ? this.#shapes.verticals : this.#shapes.horizontals),
      verticals: placeDrawn(swapped ? this.#shapes.horizontals : this.#shapes.verticals),
      pictures: place(this.#shapes.pictures),
    };
  }

  /** The direction in which most of the text runs. */
  #mainTurn(): Turn {
    let best: Turn = 0;
    let most = 0;
    for (const turn of [0, 1, 2, 3] as const) {
      const glyphs = this.#byTurn[turn].reduce((sum, piece) => sum + piece.text.length, 0);
      if (glyphs > most) {
        best = turn;
        most = glyphs;
      }
    }
    return best;
  }

  #step(operator: number, args: readonly unknown[]): void {
    const state = this.#state;
    switch (operator) {
      case OPS.save:
        this.#save();
        return;
      case OPS.restore:
        this.#restore();
        return;
      case OPS.transform:
        state.matrix = compose(state.matrix, sixNumbers(args));
        state.moved = true;
        return;
      case OPS.beginText:
        state.textMatrix = IDENTITY;
        moveTo(state, 0, 0);
        return;
      case OPS.setTextMatrix:
        state.textMatrix = sixNumbers(args[0]);
        moveTo(state, 0, 0);
        return;
      case OPS.moveText:
        moveTo(state, state.lineX + numberAt(args, 0), state.lineY + numberAt(args, 1));
        return;
      case OPS.setLeadingMoveText:
        state.leading = numberAt(args, 1);
        moveTo(state, state.lineX + numberAt(args, 0), state.lineY + numberAt(args, 1));
        return;
      case OPS.nextLine:
        moveTo(state, state.lineX, state.lineY + state.leading);
        return;
      case OPS.setLeading:
        state.leading = -numberAt(args, 0);
        return;
      case OPS.setFont:
        state.fontId = String(args[0]);
        state.fontSize = numberAt(args, 1);
        return;
      case OPS.setCharSpacing:
        state.charSpacing = numberAt(args, 0);
        return;
      case OPS.setWordSpacing:
        state.wordSpacing = numberAt(args, 0);
        return;
      case OPS.setHScale:
        state.horizontalScale = numberAt(args, 0) / 100;
        return;
      case OPS.setTextRise:
        state.rise = numberAt(args, 0);
        return;
      case OPS.setLineWidth:
        state.lineWidth = numberAt(args, 0);
        return;
      case OPS.setGState:
        this.#setGraphicsState(args[0]);
        return;
      case OPS.showText:
        state.painted = true;
        this.#showText(args[0]);
        return;
      case OPS.constructPath:
        state.painted = true;
        this.#shapes.addPath(args, state);
        return;
      case OPS.beginGroup:
        this.#groupBounds = groupBounds(args[0]);
        return;
      case OPS.paintFormXObjectBegin:
        this.#beginForm(args);
        return;
      case OPS.paintFormXObjectEnd:
        this.#restore();
        return;
      case OPS.paintImageXObject:
      case OPS.paintInlineImageXObject:
      case OPS.paintImageMaskXObject:
        state.painted = true;
        this.#shapes.addPicture(mappedBounds(state.matrix, 0, 0, 1, 1));
        return;
    }
  }

  #save(): void {
    this.#stack.push(this.#state);
    this.#state = { ...this.#state, moved: false, painted: false };
  }

  #restore(): void {
    const left = this.#state;
    const back = this.#stack.pop();
    if (back === undefined) return;
    // Images are left out by the engine, to spare their decoding; what remains of one is a matrix under which nothing is drawn.
    if (left.moved && !left.painted) this.#shapes.addPicture(mappedBounds(left.matrix, 0, 0, 1, 1));
    back.painted = true;
    this.#state = back;
  }

  #beginForm(args: readonly unknown[]): void {
    const bounds = numbersOf(args[1]) ?? this.#groupBounds;
    this.#groupBounds = null;
    this.#save();
    const matrix = numbersOf(args[0]);
    if (matrix !== null) this.#state.matrix = compose(this.#state.matrix, sixNumbers(matrix));
    const [x0, y0, x1, y1] = bounds ?? [];
    if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) return;
    const [left, top, right, bottom] = mappedBounds(this.#state.matrix, x0, y0, x1, y1);
    const { width, height } = this.#frame;
    if ((right - left) * (bottom - top) > WHOLE_PAGE_PART * width * height) return;
    if (this.#state.picture === 0) {
      this.#pictures += 1;
      this.#state.picture = this.#pictures;
    }
    this.#state.painted = true;
    this.#shapes.addPicture([left, top, right, bottom]);
  }

  #setGraphicsState(entries: unknown): void {
    if (!Array.isArray(entries)) return;
    for (const entry of entries as readonly unknown[]) {
      if (!Array.isArray(entry)) continue;
      const [key, value] = entry as readonly unknown[];
      if (key === "Font" && Array.isArray(value)) {
        this.#state.fontId = String(value[0]);
        this.#state.fontSize = numberAt(value, 1);
      } else if (key === "LW" && typeof value === "number") this.#state.lineWidth = value;
    }
  }

  #showText(glyphs: unknown): void {
    const state = this.#state;
    const font = this.#font(state.fontId);
    if (!Array.isArray(glyphs) || font === null || state.fontSize === 0) return;
    const matrix = compose(state.matrix, state.textMatrix);
    // A negative size mirrors both axes: the text runs the other way, upside down.
    const direction = state.fontSize < 0 ? -1 : 1;
    const fontSize = Math.abs(state.fontSize);
    const scale = Math.hypot(matrix[0], matrix[1]);
    if (scale === 0) return;
    const turn = turnOf((direction * matrix[0]) / scale, (direction * matrix[1]) / scale);
    const size = round(Math.hypot(matrix[2], matrix[3]) * fontSize * font.em);
    const step = scale * state.horizontalScale;
    const origin = this.#origin(matrix, turn);
    const tracking = Math.max(0, state.charSpacing * step);
    this.#builder.show({ turn, size, font: font.look, picture: state.picture, tracking });
    let advance = 0;
    for (const glyph of glyphs as readonly unknown[]) {
      if (typeof glyph === "number") {
        advance -= (glyph * fontSize) / 1000;
        continue;
      }
      const { unicode: given, width, isSpace } = glyph as EngineGlyph;
      const unicode = font.encoding === null ? given : symbolMeaning(given, font.encoding, font.look.name);
      const glyphWidth = width * font.unit * fontSize;
      const left = origin.along + advance * step;
      if (font.vertical) {
        this.#builder.add(unicode, origin.along, origin.along + size, origin.baseline + advance * step);
        this.#builder.end();
        advance += size / step;
        continue;
      }
      this.#builder.add(unicode, left, left + glyphWidth * step, origin.baseline);
      advance += glyphWidth + direction * (state.charSpacing + (isSpace ? state.wordSpacing : 0));
    }
    state.x += advance * state.horizontalScale * direction;
  }

  /** Where the pen stands, in the frame of the turn. */
  #origin(matrix: Matrix, turn: Turn): { readonly along: number; readonly baseline: number } {
    const state = this.#state;
    const y = state.y + state.rise;
    const pageX = matrix[0] * state.x + matrix[2] * y + matrix[4];
    const pageY = matrix[1] * state.x + matrix[3] * y + matrix[5];
    const { width, height } = this.#frame;
    const point = turn === 0 ? null : inFrame({ left: pageX, right: pageX, top: pageY, bottom: pageY }, width, height, turn);
    return { along: point?.left ?? pageX, baseline: round(point?.top ?? pageY) };
  }

  #font(id: string): LoadedFont | null {
    const loaded = this.#fonts.get(id);
    if (loaded !== undefined) return loaded;
    const font = this.#fontOf(id);
    if (font === null) return null;
    const look = this.#look(font);
    const made: LoadedFont = {
      look,
      unit: font.fontMatrix?.[0] ?? 0.001,
      em: emOf(font),
      vertical: font.vertical === true,
      encoding: symbolEncoding(look.name),
    };
    this.#fonts.set(id, made);
    return made;
  }

  /** One object for each look, so that looks can be compared by identity. */
  #look(font: EngineFont): FontLook {
    const look = fontLook(font);
    const key = `${look.name}/${look.bold}/${look.italic}`;
    const known = this.#looks.get(key);
    if (known !== undefined) return known;
    this.#looks.set(key, look);
    return look;
  }
}

interface EngineGlyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
}

/** Fonts made of drawings have no em square; the height of their box stands for it. */
function emOf(font: EngineFont): number {
  if (font.isType3Font !== true) return 1;
  const scale = Math.abs(font.fontMatrix?.[3] ?? 0.001);
  const height = Math.abs((font.bbox?.[3] ?? 0) - (font.bbox?.[1] ?? 0)) * scale;
  return height > 0 ? height : scale * 1000;
}

/** The quarter turn whose frame the direction runs along; oblique text counts as the nearest. */
function turnOf(cosine: number, sine: number): Turn {
  if (Math.abs(sine) < LEVEL_SINE || Math.abs(cosine) >= Math.abs(sine)) return cosine > 0 ? 0 : 2;
  return sine < 0 ? 1 : 3;
}

function moveTo(state: GraphicsState, x: number, y: number): void {
  state.x = x;
  state.lineX = x;
  state.y = y;
  state.lineY = y;
}

/** If nearly everything is in "pictures", the file was put together from parts, and none is one. */
function plain(pieces: readonly Piece[]): readonly Piece[] {
  let all = 0;
  let pictured = 0;
  for (const piece of pieces) {
    all += piece.text.length;
    if (piece.picture > 0) pictured += piece.text.length;
  }
  return pictured > PICTURED_PART * all ? pieces.map((piece) => ({ ...piece, picture: 0 })) : pieces;
}

/** What lies off the page is not seen. */
function onSheet(piece: Piece, size: { readonly width: number; readonly height: number }): boolean {
  return piece.right > 0 && piece.left < size.width && piece.baseline > 0 && piece.baseline < size.height + piece.size;
}

function groupBounds(group: unknown): readonly number[] | null {
  return typeof group === "object" && group !== null && "bbox" in group ? numbersOf(group.bbox) : null;
}

function numberAt(args: readonly unknown[], index: number): number {
  const value = args[index];
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function numbersOf(value: unknown): readonly number[] | null {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return null;
  return value as unknown as readonly number[];
}

function sixNumbers(value: unknown): Matrix {
  const numbers = numbersOf(value) ?? [];
  return [numbers[0] ?? 1, numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 1, numbers[4] ?? 0, numbers[5] ?? 0];
}

/** Hundredths of a point: below print, above the noise of single precision. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
