package igdrom.formats.capsule;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.Optional;

/// A payload of an FMP capsule: firmware for one component.
///
/// Spec: UEFI 2.11, "EFI_FIRMWARE_MANAGEMENT_CAPSULE_IMAGE_HEADER",
/// "EFI_FIRMWARE_IMAGE_AUTHENTICATION", "WIN_CERTIFICATE".
///
/// @param typeId the component
/// @param imageSize as the header claims it, including the authentication
/// @param vendorCodeSize as the header claims it
/// @param more the part of the header after the sizes: the hardware instance since version 2, flags
///   since version 3
/// @param authentication count and certificate before the image; empty without one
/// @param image the firmware, without the headers above
/// @param rest the vendor's code and all bytes after it
public record FmpPayload(
        long version,
        Guid typeId,
        int index,
        Image reserved,
        long imageSize,
        long vendorCodeSize,
        Image more,
        Image authentication,
        Optional<VersionHeader> header,
        Image image,
        Image rest) {
    /// The header of firmware that uses EDK2's FmpDevicePkg.
    ///
    /// Source: EDK2, FmpDevicePkg/Include/FmpPayloadHeaderV1.h (in Library/FmpPayloadHeaderLibV1).
    ///
    /// @param more the rest of the header, which is undocumented
    public record VersionHeader(long firmwareVersion, long lowestSupportedVersion, Image more) {
        private static final Image SIGNATURE = Image.ofAscii("MSS1");
        private static final int SIZE = 16;

        private static Optional<VersionHeader> read(Image image) {
            if (image.size() < SIZE || !image.startsWith(SIGNATURE)) {
                return Optional.empty();
            }
            long size = image.u32(4);
            if (size < SIZE || size > image.size()) {
                return Optional.empty();
            }
            Image more = image.slice(SIZE, size - SIZE);
            return Optional.of(new VersionHeader(image.u32(8), image.u32(12), more));
        }

        private long size() {
            return SIZE + more.size();
        }

        private void write(Emitter out) {
            out.image(SIGNATURE)
                    .u32(size())
                    .u32(firmwareVersion)
                    .u32(lowestSupportedVersion)
                    .image(more);
        }
    }

    private static final int MIN_HEADER_SIZE = 32;
    private static final int RESERVED_SIZE = 3;

    /// Revision and type of a WIN_CERTIFICATE_UEFI_GUID, which follow its length.
    private static final Image CERTIFICATE_TYPE = Image.ofHex("0002 f10e");

    private static final int CERTIFICATE_TYPE_OFFSET = 12;

    /// Reads the payload that fills `raw`.
    ///
    /// @throws MalformedImageException when the header is invalid
    public static FmpPayload read(Image raw, Location location, Diagnostics diagnostics) {
        Cursor in = new Cursor(raw, location);
        long version = in.u32("Version");
        if (version < 1 || version > 3) {
            throw new MalformedImageException(
                    location, 0, "Version is 0x%x, expected 0x1 to 0x3", version);
        }
        Guid typeId = in.guid("UpdateImageTypeId");
        int index = in.u8("UpdateImageIndex");
        Image reserved = in.image("reserved_bytes", RESERVED_SIZE);
        long imageSize = in.u32("UpdateImageSize");
        long vendorCodeSize = in.u32("UpdateVendorCodeSize");
        Image more = in.image("UpdateHardwareInstance", Long.BYTES * (version - 1));
        if (imageSize + vendorCodeSize > in.remaining()) {
            diagnostics.broken(
                    location,
                    24,
                    "UpdateImageSize is 0x%x and UpdateVendorCodeSize 0x%x, only 0x%x bytes are"
                            + " left",
                    imageSize,
                    vendorCodeSize,
                    in.remaining());
        }
        Image image = in.image("Image", Math.min(imageSize, in.remaining()));
        Image rest = in.image("VendorCode", in.remaining());
        Image authentication = image.slice(0, authenticationSize(image));
        image = image.from(authentication.size());
        Optional<VersionHeader> header = VersionHeader.read(image);
        if (header.isPresent()) {
            image = image.from(header.get().size());
        }
        return new FmpPayload(
                version,
                typeId,
                index,
                reserved,
                imageSize,
                vendorCodeSize,
                more,
                authentication,
                header,
                image,
                rest);
    }

    /// The size of monotonic count and certificate, 0 without a certificate.
    private static long authenticationSize(Image image) {
        if (!image.matches(CERTIFICATE_TYPE_OFFSET, CERTIFICATE_TYPE)) {
            return 0;
        }
        long size = Long.BYTES + image.u32(Long.BYTES);
        return size <= image.size() ? size : 0;
    }

    /// Builds a payload of version 3 without a certificate.
    public static FmpPayload of(Guid typeId, VersionHeader header, Image image) {
        Emitter headed = new Emitter();
        header.write(headed);
        return new FmpPayload(
                3,
                typeId,
                1,
                new Emitter().fill(0, RESERVED_SIZE).toImage(),
                headed.position() + image.size(),
                0,
                new Emitter().u64(0).u64(0).toImage(),
                Image.EMPTY,
                Optional.of(header),
                image,
                Image.EMPTY);
    }

    /// The offset of the firmware from the start of the payload.
    public long imageOffset() {
        return MIN_HEADER_SIZE
                + more.size()
                + authentication.size()
                + (header.isPresent() ? header.get().size() : 0);
    }

    public void write(Emitter out) {
        out.u32(version)
                .guid(typeId)
                .u8(index)
                .image(reserved)
                .u32(imageSize)
                .u32(vendorCodeSize)
                .image(more)
                .image(authentication);
        if (header.isPresent()) {
            header.get().write(out);
        }
        out.image(image).image(rest);
    }
}
