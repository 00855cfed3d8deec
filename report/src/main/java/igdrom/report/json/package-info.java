/// Reports as JSON for programs: [ReportJson] renders a [Report][igdrom.report.Report] as an
/// object. docs/json.md describes every member, and a test keeps the two together.
///
/// ```java
/// JsonObject answer = ReportJson.of(report, Detail.SUMMARY, wording);
/// String line = format.print(ReportJson.document(answer), JsonFormat.Layout.COMPACT);
/// ```
///
/// Spec: docs/json.md, schema 1.
@NullMarked
package igdrom.report.json;

import org.jspecify.annotations.NullMarked;
