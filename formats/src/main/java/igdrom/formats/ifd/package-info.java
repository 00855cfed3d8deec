/// The flash descriptor of Intel chipsets: which region of the SPI flash lies where.
///
/// Spec: Intel's PCH SPI Programming Guides are not public; Source: coreboot `util/ifdtool`,
/// UEFITool `common/descriptor.h`, Intel's public chipset datasheets ("Flash Descriptor"). Enter at
/// [FlashDescriptor][igdrom.formats.ifd.FlashDescriptor]. Straps and masters are kept, not decoded.
@NullMarked
package igdrom.formats.ifd;

import org.jspecify.annotations.NullMarked;
