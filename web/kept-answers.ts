/** Answers of the server by what was asked, the last used last; of more than `most` the one that was longest not used is given up. */
export class KeptAnswers<T> {
  readonly #answers = new Map<string, Promise<T>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** The answer that is kept, or the one that `load` brings; what failed is asked for again the next time. */
  get(key: string, load: () => Promise<T>): Promise<T> {
    const answer = this.#answers.get(key) ?? load();
    answer.catch(() => this.#answers.delete(key));
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.#most && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }
}
