/// The contract of igdrom's driver, which is written in C beside this package (`src/main/c`).
///
/// - [Driver][igdrom.driver.Driver]: the compiled program, and how to recognise it in a ROM
/// - [RomData][igdrom.driver.RomData]: what it reads about one system
/// - [OpRegionRule][igdrom.driver.OpRegionRule]: which OpRegions it accepts, and what the guest
///   sees of one
/// - [OpRegionSources][igdrom.driver.OpRegionSources]: which of several OpRegions it chooses
/// - [DriverReport][igdrom.driver.DriverReport]: what it did, step by step
///
/// The rules exist twice, in C for the guest and here for everybody else; tests compile the C and
/// ask both.
///
/// ```java
/// RomData data = RomData.NONE.withOpRegion(Image.load(Path.of("opregion.bin")));
/// PeImage program = Driver.bundled().with(data).program();
/// program.raw().writeTo(out);
/// ```
///
/// Spec: docs/driver-data.md.
///
/// Not here: stolen memory, which depends on the guest's memory map.
@NullMarked
package igdrom.driver;

import org.jspecify.annotations.NullMarked;
