import { describe, expect, test } from "vitest";
import { extractMentions } from "../../src/extract/extract-mentions.ts";
import { spokenIn } from "../../src/language/spoken.ts";
import { readDocument } from "../../src/read/read-document.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

/** A text, and all figures that must be read in it. */
const TEXTS: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "de",
    "Das Modell Zaunkönig wurde auf 2.048 A100-GPUs in 3,5 Tagen trainiert, zusammen 172.032 GPU-Stunden. Bei 0,4 kW je Karte und einem PUE von 1,1 sind das 75,7 MWh.",
    [
      "accelerators 2048 accelerator",
      "wall-time 3.5 day",
      "accelerator-hours 172032 accelerator-hour",
      "power 0.4 kW",
      "pue 1.1 1",
      "energy 75.7 MWh",
    ],
  ],
  [
    "de",
    "Das Training dauerte anderthalb Wochen auf 16 Grafikkarten und kostete rund 12.000 Euro bei 2,10 Euro pro Kartenstunde; 1,3 Tonnen CO2-Äquivalente fielen an.",
    ["wall-time 1.5 week", "accelerators 16 accelerator", "cost 12000 EUR", "price 2.1 EUR/accelerator-hour", "carbon 1.3 t"],
  ],
  [
    "fr",
    "Le modèle a été entraîné pendant 12 jours sur 64 cartes A100, soit 18 432 heures GPU, pour environ 37 000 € à 2 € l'heure; 4,7 tonnes d'équivalent CO2.",
    [
      "wall-time 12 day",
      "accelerators 64 accelerator",
      "accelerator-hours 18432 accelerator-hour",
      "cost 37000 EUR",
      "price 2 EUR/hour",
      "carbon 4.7 t",
    ],
  ],
  [
    "fr",
    "L'entraînement a pris deux jours et demi sur 8 accélérateurs H100, soit 480 heures de calcul GPU, pour 3,2 milliards de paramètres.",
    ["wall-time 2.5 day", "accelerators 8 accelerator", "accelerator-hours 480 accelerator-hour", "parameters 3200000000 parameter"],
  ],
  [
    "es",
    "El modelo de 2.500 millones de parámetros se entrenó durante siete días en 32 tarjetas A100; en total unas 5.376 horas de GPU, a 1,90 € la hora.",
    [
      "parameters 2500000000 parameter",
      "wall-time 7 day",
      "accelerators 32 accelerator",
      "accelerator-hours 5376 accelerator-hour",
      "price 1.9 EUR/hour",
    ],
  ],
  [
    "pt",
    "Treinamos 12 horas em 16 placas V100 (192 horas-GPU) e mais 30 horas em 4 delas, com 0,3 kW por placa e 9 kg de CO2e.",
    [
      "wall-time 12 hour",
      "accelerators 16 accelerator",
      "accelerator-hours 192 accelerator-hour",
      "wall-time 30 hour",
      "accelerators 4 accelerator",
      "power 0.3 kW",
      "carbon 9 kg",
    ],
  ],
  [
    "it",
    "Il modello è stato addestrato per 40 ore su 16 schede A100, cioè 640 ore GPU, al costo di circa 1.280 euro.",
    ["wall-time 40 hour", "accelerators 16 accelerator", "accelerator-hours 640 accelerator-hour", "cost 1280 EUR"],
  ],
  [
    "nl",
    "Het model werd in 10 dagen getraind op 64 A100-kaarten, samen 15.360 GPU-uren, en verbruikte ruim 6,1 MWh.",
    ["wall-time 10 day", "accelerators 64 accelerator", "accelerator-hours 15360 accelerator-hour", "energy 6.1 MWh"],
  ],
  [
    "sv",
    "Modellen tränades i 10 dygn på 64 A100, sammanlagt 15 360 GPU-timmar, till 0,8 kronor per kWh.",
    ["wall-time 10 day", "accelerators 64 accelerator", "accelerator-hours 15360 accelerator-hour", "price 0.8 SEK/kWh"],
  ],
  [
    "ru",
    "Модель с 7 млрд параметров обучали 14 суток на 64 ускорителях A100, всего около 21,5 тыс. GPU-часов; это стоило 3 млн рублей.",
    [
      "parameters 7000000000 parameter",
      "wall-time 14 day",
      "accelerators 64 accelerator",
      "accelerator-hours 21500 accelerator-hour",
      "cost 3000000 RUB",
    ],
  ],
  [
    "pl",
    "Model trenowano przez 10 dni na 64 kartach A100, łącznie 15 360 godzin GPU.",
    ["wall-time 10 day", "accelerators 64 accelerator", "accelerator-hours 15360 accelerator-hour"],
  ],
  [
    "zh",
    "我们使用 256 张 H800 训练了 12 天，总计约 7.37 万卡时，每卡时 9 元，费用约 66 万元。",
    [
      "accelerators 256 accelerator",
      "wall-time 12 day",
      "accelerator-hours 73700 accelerator-hour",
      "price 9 CNY/accelerator-hour",
      "cost 660000 CNY",
    ],
  ],
  [
    "zh",
    "3月21日，模型在 8 个节点、每个节点 8 块 A100 上训练了 3 天半，第 3 步之后停止。共排放了 2.3 吨二氧化碳当量。",
    ["nodes 8 node", "accelerators 8 accelerator per node", "wall-time 3.5 day", "carbon 2.3 t"],
  ],
  ["zh", "模型在三十二块 V100 上微调了一个半小时。", ["accelerators 32 accelerator", "wall-time 1.5 hour"]],
  [
    "ja",
    "学習には A100 を 64 枚使い、およそ 2 週間半かかった。1 GPU あたり 300 円/時間で、費用は約 460 万円である。",
    ["accelerators 64 accelerator", "wall-time 2.5 week", "price 300 JPY/accelerator-hour", "cost 4600000 JPY"],
  ],
  [
    "ko",
    "모델은 A100 128장으로 14일 동안 학습했고 총 43,008 GPU 시간이 들었다. 학습 토큰은 1.5조 개이며 서버 16대에 GPU 8장씩 썼다.",
    [
      "accelerators 128 accelerator",
      "wall-time 14 day",
      "accelerator-hours 43008 accelerator-hour",
      "tokens 1500000000000 token",
      "nodes 16 node",
      "accelerators 8 accelerator per node",
    ],
  ],
  [
    "ko",
    "11월 21일에 시작했다. GPU당 초당 2,000 토큰, 비용은 약 1억 2천만 원.",
    ["throughput 2000 token/s/accelerator", "cost 120000000 KRW"],
  ],
];

/** Tables, whose headers are words of a language. */
const TABLES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "de",
    "Alle Läufe auf einer Maschine.\n\n| Modell | Karten | Dauer (Tage) | GPU-Stunden | Kosten (€) |\n|---|---|---|---|---|\n| Eule | 64 | 2,5 | 3.840 | 7.680 |\n",
    ["accelerators 64 accelerator", "wall-time 2.5 day", "accelerator-hours 3840 accelerator-hour", "cost 7680 EUR"],
  ],
  [
    "zh",
    "| 模型 | 显卡数 | 训练时长（天） | 卡时 | 费用（万元） |\n|---|---|---|---|---|\n| 青鸟 | 64 | 10 | 15,360 | 13.8 |\n",
    ["accelerators 64 accelerator", "wall-time 10 day", "accelerator-hours 15360 accelerator-hour", "cost 138000 CNY"],
  ],
];

async function read(text: string, name: string): Promise<{ readonly languages: readonly string[]; readonly figures: readonly string[] }> {
  const { catalog } = await openCatalog({ overlay: null });
  const { document } = await readDocument(new TextEncoder().encode(text), name);
  if (document === null) throw new Error("the text was not read");
  const figures = extractMentions(catalog, document).mentions.map(
    ({ kind, value, unit, per }) => `${kind} ${value} ${unit}${per === null ? "" : ` per ${per}`}`,
  );
  return { languages: spokenIn(catalog, document.text).languages, figures };
}

describe("figures in other languages", () => {
  test.each(TEXTS)("%s: %s", async (language, text, wanted) => {
    const { languages, figures } = await read(text, "text.txt");
    expect(languages[0]).toBe(language);
    expect(figures).toEqual(wanted);
  });

  test.each(TABLES)("%s, a table: %s", async (language, text, wanted) => {
    const { languages, figures } = await read(text, "text.md");
    expect(languages[0]).toBe(language);
    expect(figures).toEqual(wanted);
  });
});

describe("what is not of a language", () => {
  test("names of people and places make no language", async () => {
    const text = "The model, by Hans von der Heide and Juan de la Cruz, was trained on 64 V100 GPUs for 12 hours, the die at 300 W.";
    expect((await read(text, "text.txt")).languages).toEqual(["en"]);
  });

  test("an unknown word glued to hardware is no count of it", async () => {
    const { figures } = await read("Malli koulutettiin, yhteensä 15 360 GPU-tuntia.", "text.txt");
    expect(figures).toEqual([]);
  });
});
