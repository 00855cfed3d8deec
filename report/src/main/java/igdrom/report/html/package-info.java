/// Reports as cards, maps and tables for a browser: one template for the page of the room `web` and
/// for the static page of `--html`.
///
/// [ReportMarkup] renders a [Report][igdrom.report.Report] as [Markup], a tree of elements and
/// texts. [StaticPage] prints it as a document; [MarkupJson] passes it to the script of the page,
/// which creates each element and sets each text. So no text from a file is ever parsed as HTML.
///
/// ```java
/// List<Markup> cards = ReportMarkup.of(report, wording);
/// String document = StaticPage.of("bios.bin", cards, version);
/// ```
///
/// Not here: bytes of firmware, a VBT or a driver. A page says what was found, and can be
/// published.
///
/// Spec: HTML Living Standard; SVG 2, "Basic Shapes".
@NullMarked
package igdrom.report.html;

import org.jspecify.annotations.NullMarked;
