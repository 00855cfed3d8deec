package igdrom.formats.ucp;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// A UCP package: a module that contains modules.
///
/// Source: platomav/BIOSUtilities 70c3a08, "_get_ami_ucp", "_get_uaf_mod".
///
/// @param size including the header, according to the header
/// @param checksum as stored: all 16-bit words of the package add up to zero
/// @param rest the bytes after the last module
public record UcpPackage(
        Image tag, long size, int checksum, Image unknown, List<UcpModule> modules, Image rest) {
    private static final Image AMI = Image.ofAscii("@UAF");
    private static final Image LABEL = Image.ofAscii("@UII");
    private static final Image HP = Image.ofAscii("@HPU");

    /// Packages described by public code have about thirty modules.
    private static final int MAX_MODULES = 1000;

    public UcpPackage {
        modules = List.copyOf(modules);
    }

    /// Whether a package starts at `offset`: its tag, and a module directly after its header.
    public static boolean looksLikePackage(Image image, long offset) {
        return offset < image.size() - UcpModule.HEADER_SIZE
                && (image.matches(offset, AMI) || image.matches(offset, HP))
                && image.u32(offset + 4) > 2 * UcpModule.HEADER_SIZE
                && image.u8(offset + UcpModule.HEADER_SIZE) == '@';
    }

    /// Reads the package at the start of `image`, which may be longer than the package, or
    /// truncated.
    ///
    /// @throws MalformedImageException when the header is invalid
    public static UcpPackage read(Image image, Location location, Diagnostics diagnostics) {
        UcpModule whole = UcpModule.read(new Cursor(image, location), diagnostics);
        if (!whole.tag().equals(AMI) && !whole.tag().equals(HP)) {
            throw new MalformedImageException(
                    location,
                    0,
                    "ModuleTag is \"%s\", expected \"@UAF\" or \"@HPU\"",
                    whole.tag().latin1());
        }
        Image bytes = image.slice(0, whole.length());
        int sum = bytes.sum16();
        if (whole.length() == whole.size() && sum != 0) {
            diagnostics.odd(
                    location,
                    8,
                    "Checksum is 0x%04x, expected 0x%04x",
                    whole.checksum(),
                    (whole.checksum() - sum) & 0xffff);
        }
        Cursor in = new Cursor(bytes, location).seek("Modules", UcpModule.HEADER_SIZE);
        List<UcpModule> modules = new ArrayList<>();
        while (in.remaining() >= UcpModule.HEADER_SIZE
                && modules.size() < MAX_MODULES
                && bytes.u8(in.position()) == '@') {
            long start = in.position();
            try {
                modules.add(UcpModule.read(in, diagnostics));
            } catch (MalformedImageException e) {
                diagnostics.add(e.diagnostic());
                in.seek("Module", start);
                break;
            }
        }
        return new UcpPackage(
                whole.tag(),
                whole.size(),
                whole.checksum(),
                whole.unknown(),
                modules,
                bytes.from(in.position()));
    }

    /// Whether the package only names the tool that contains it.
    ///
    /// Observed: 37 of 37 tools of AMI (AFU, AMISCE, DMIEDIT and others) contain a package with the
    /// single module `@UII`, all with valid checksums.
    public boolean isLabel() {
        return modules.size() == 1 && modules.getFirst().tag().equals(LABEL);
    }

    /// The offset of the first module from the start of the package.
    public static long modulesOffset() {
        return UcpModule.HEADER_SIZE;
    }

    /// The size of the package as read.
    public long length() {
        long length = UcpModule.HEADER_SIZE + rest.size();
        for (UcpModule module : modules) {
            length += module.length();
        }
        return length;
    }

    public void write(Emitter out) {
        out.image(tag).u32(size).u16(checksum).image(unknown);
        for (UcpModule module : modules) {
            module.write(out);
        }
        out.image(rest);
    }
}
