/// Reports as text for people: [ReportText] renders a [Report][igdrom.report.Report] as
/// [StyledText], lines of spans that say what they mean ([Style]) rather than how they look. A
/// terminal has colors for that, a page has classes.
///
/// ```java
/// TextLayout layout = new TextLayout(100, true, Detail.SUMMARY);
/// StyledText text = ReportText.of(report, layout);
/// String plain = text.plain();
/// ```
///
/// Texts hold names out of files that anyone may have made: a terminal must not get their control
/// characters, nor a page their markup.
@NullMarked
package igdrom.report.text;

import org.jspecify.annotations.NullMarked;
