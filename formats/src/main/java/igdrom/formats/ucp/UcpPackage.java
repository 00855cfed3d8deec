package igdrom.formats.ucp;

import igdrom.bytes.Cursor;
import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;

/// A package: a module whose content is modules.
///
/// Source: platomav/BIOSUtilities 70c3a08, "_get_ami_ucp", "_get_uaf_mod".
///
/// @param size with the header, as the header claims it
/// @param checksum as stored: all 16-bit words of the package add up to zero
/// @param rest what is behind the last module
public record UcpPackage(
        Image tag, long size, int checksum, Image unknown, List<UcpModule> modules, Image rest) {
    private static final Image AMI = Image.ofAscii("@UAF");
    private static final Image LABEL = Image.ofAscii("@UII");
    private static final Image HP = Image.ofAscii("@HPU");

    /// Packages in public code have some thirty modules.
    private static final int MAX_MODULES = 1000;

    public UcpPackage {
        modules = List.copyOf(modules);
    }

    /// Whether a package begins at `offset`: its tag, and a module at once behind its header.
    public static boolean looksLikePackage(Image image, long offset) {
        return offset < image.size() - UcpModule.HEADER_SIZE
                && (image.matches(offset, AMI) || image.matches(offset, HP))
                && image.u32(offset + 4) > 2 * UcpModule.HEADER_SIZE
                && image.u8(offset + UcpModule.HEADER_SIZE) == '@';
    }

    /// Reads the package at the start of `image`, which may be longer than it and may be cut off.
    ///
    /// @throws MalformedImageException when the header makes no sense
    public static UcpPackage read(Image image, Location location, Diagnostics diagnostics) {
        UcpModule whole = UcpModule.read(new Cursor(image, location), diagnostics);
        if (!whole.tag().equals(AMI) && !whole.tag().equals(HP)) {
            throw new MalformedImageException(
                    location, 0, "ModuleTag is \"" + whole.tag().latin1() + "\", not \"@UAF\"");
        }
        Image bytes = image.slice(0, whole.length());
        if (whole.length() == whole.size() && bytes.sum16() != 0) {
            diagnostics.add(
                    Diagnostic.odd(
                            location,
                            8,
                            String.format("Checksum: the words add up to 0x%x", bytes.sum16())));
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

    /// Whether it says only what tool it is in.
    ///
    /// Observed: in 37 of 37 tools of AMI (AFU, AMISCE, DMIEDIT and others) a package with the
    /// module `@UII` alone, all checksums sound.
    public boolean isLabel() {
        return modules.size() == 1 && modules.getFirst().tag().equals(LABEL);
    }

    /// Where the first module begins, from the start of the package.
    public static long modulesOffset() {
        return UcpModule.HEADER_SIZE;
    }

    /// How many bytes there are of it.
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
