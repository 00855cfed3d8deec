/// Facts about Intel's integrated GPUs, their drivers and the machines they are passed to: tables
/// with one source per row and the day it was checked. Code asks here; device ids are listed
/// nowhere else.
///
/// Enter at [Knowledge][igdrom.knowledge.Knowledge]. The tables are the `*.tsv` files next to these
/// classes. A cell without a value holds `-`; where sources disagree, the row's note says so.
/// [TsvTable][igdrom.knowledge.TsvTable] reads such tables of other modules too.
///
/// ```java
/// Platform platform = Knowledge.platformOf(PciId.of("8086:46d1")).orElseThrow();
/// boolean stolen = platform.stolenInGuest();
/// int ggc = platform.graphicsControl().offset();
/// List<Pch> pchs = Knowledge.pchs();
/// List<Processor> meant = Knowledge.processors("i5-8500");
/// ```
///
/// Not supported: GPUs before Sandy Bridge, discrete graphics cards.
@NullMarked
package igdrom.knowledge;

import org.jspecify.annotations.NullMarked;
