/// What igdrom's commands answer, as records: each permitted type of [Report] is the answer of one
/// command. Text and JSON are made from the same record, in `igdrom.report.text` and
/// `igdrom.report.json`.
///
/// Enter at [Answers], which reads one file, and at [PartSelection], which takes the parts of a ROM
/// out of the files of their owner. How options and commands are spelled is the business of the
/// surface, which implements [Wording].
///
/// ```java
/// Report report = Answers.image("bios.bin", image, null, ArtifactFilter.EVERYTHING);
/// TextLayout layout = new TextLayout(100, true, Detail.SUMMARY);
/// String text = ReportText.of(report, layout, wording).plain();
/// JsonObject json = ReportJson.of(report, Detail.ALL, wording);
/// ```
///
/// Nothing here uses files, threads, a console or reflection, so that it runs in a browser too.
@NullMarked
package igdrom.report;

import org.jspecify.annotations.NullMarked;
