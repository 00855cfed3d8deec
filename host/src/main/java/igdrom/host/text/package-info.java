/// Facts out of texts that people paste when they ask for help.
///
/// [HostTexts] reads files of any name: what a file holds is recognised by its contents. One class
/// reads each text: `LspciText`, `GroupLinksText`, `PciconfText`, `KernelLogText`, `AcpiTables`,
/// `UdevText`, `CollectorText`, `FreebsdText`. All of them fill one `FactSheet`, which becomes a
/// snapshot; the source of each fact is its file and line.
///
/// ```java
/// HostTexts texts = HostTexts.read(TextFile.in(Path.of("what-was-pasted")), format, "example");
/// String id = texts.snapshot().igd().id().value().map(PciId::toString).orElse("unknown");
/// ```
///
/// Not supported: `lspci -mm` and `-t`; the kernel log of FreeBSD; texts in other languages.
@NullMarked
package igdrom.host.text;

import org.jspecify.annotations.NullMarked;
