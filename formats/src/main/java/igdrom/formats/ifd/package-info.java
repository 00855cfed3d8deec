/// The flash descriptor of Intel chipsets: the regions of the SPI flash.
///
/// Spec: Intel's PCH SPI Programming Guides are not public. Source: coreboot `util/ifdtool`,
/// UEFITool `common/descriptor.h`, Intel's public chipset datasheets ("Flash Descriptor"). Start
/// with [FlashDescriptor][igdrom.formats.ifd.FlashDescriptor]:
///
/// ```java
/// FlashDescriptor descriptor = FlashDescriptor.read(image, location);
/// for (FlashRegion region : descriptor.regions()) {
///     Image content = image.slice(region.offset(), region.size());
///     System.out.println(region.name() + " " + content.size());
/// }
/// ```
///
/// Not supported: straps and masters, which are kept as bytes.
@NullMarked
package igdrom.formats.ifd;

import org.jspecify.annotations.NullMarked;
