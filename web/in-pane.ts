/** Brings a part of a document into view within its pane: in a narrow window, where panes stand one under the other, the window stays where it is. */
export function scrollInPane(part: Element | null | undefined, how: ScrollIntoViewOptions): void {
  const { scrollX, scrollY } = window;
  part?.scrollIntoView(how);
  window.scrollTo(scrollX, scrollY);
}

/** Brings the pane of the document into view, for what a reviewer asked to see in it. */
export function showDocumentPane(): void {
  document.querySelector("main")?.scrollIntoView({ block: "nearest" });
}
