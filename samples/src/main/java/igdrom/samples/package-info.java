/// Makers of firmware that contains no third-party code, for tests of several modules, for `igdrom
/// demo`, and for the training of the start-up cache.
///
/// [SampleGop][igdrom.samples.SampleGop] makes a driver with the marks of an Intel GOP,
/// [SampleLpc][igdrom.samples.SampleLpc] code that reads the id of the LPC bridge, and
/// [SampleFlash][igdrom.samples.SampleFlash] a whole flash image, and
/// [SampleHost][igdrom.samples.SampleHost] the files of a host.
///
/// ```java
/// List<PciId> devices = List.of(PciId.intel(0x46d1));
/// PeImage gop = SampleGop.driver(21, 0, 1066, devices, SampleLpc.byPorts());
/// Emitter out = new Emitter();
/// gop.write(out);
/// Image file = out.toImage();
/// ```
///
/// Not supported: drivers that run. Their code is made to be analysed.
@NullMarked
package igdrom.samples;

import org.jspecify.annotations.NullMarked;
