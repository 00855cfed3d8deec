package igdrom.bench.linux;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;

/// The module kvm-amd for a host whose processor QEMU emulates.
///
/// QEMU's emulation of SVM ends with a failed assertion when a guest of the host writes to CR8 and
/// KVM does not intercept that (docs/qemu-cr8.md). [#keepingCr8Intercept] changes one byte of the
/// module, so that KVM never gives up this intercept.
///
/// Spec: System V ABI, "Object Files"; Source: Linux, include/linux/module_signature.h.
final class KvmModule {
    /// Source: Linux, arch/x86/kvm/svm/svm.c: switches the intercept of CR8 on and off.
    private static final String FUNCTION = "svm_update_cr8_intercept";

    /// What a function begins with: endbr64, call of `__fentry__`.
    private static final Image ENTRY = Image.ofHex("f30f1efae8");

    /// Of the address that is called.
    private static final int ADDRESS_SIZE = 4;

    private static final int RET = 0xc3;

    private static final Image ELF = Image.ofHex("7f454c46020101");
    private static final int SECTIONS = 0x28;
    private static final int SECTION_COUNT = 0x3c;
    private static final int SECTION_SIZE = 64;
    private static final int SYMBOL_TABLE = 2;
    private static final int SYMBOL_SIZE = 24;
    private static final int MAX_SYMBOLS = 1 << 20;

    private static final Image SIGNED = Image.ofAscii("~Module signature appended~\n");
    private static final int SIGNATURE_INFO = 12;

    private final Cursor in;
    private final long sections;
    private final int sectionCount;

    private KvmModule(Image module) {
        in = new Cursor(module, Location.root("kvm-amd.ko"));
        in.expect("e_ident", ELF);
        sections = in.seek("e_shoff", SECTIONS).u64("e_shoff");
        sectionCount = in.seek("e_shnum", SECTION_COUNT).u16("e_shnum");
    }

    /// The module with an intercept of CR8 that is never given up, and without its signature, which
    /// does not fit any more.
    ///
    /// @throws igdrom.bytes.MalformedImageException when it is not a module with that function
    static Image keepingCr8Intercept(Image module) {
        KvmModule parsed = new KvmModule(module);
        long function = parsed.function();
        Cursor entry = parsed.in.seek(FUNCTION, function);
        entry.expect(FUNCTION, ENTRY);
        entry.skip(FUNCTION, ADDRESS_SIZE);
        long body = entry.position();
        entry.skip(FUNCTION, 1);
        Image ret = new Emitter().u8(RET).toImage();
        return unsigned(new Emitter().image(module).patch(body, ret).toImage());
    }

    /// The offset of the function in the file.
    private long function() {
        for (int i = 0; i < sectionCount; i++) {
            long header = sections + (long) i * SECTION_SIZE;
            if (in.seek("sh_type", header + 4).u32("sh_type") == SYMBOL_TABLE) {
                return function(header);
            }
        }
        throw in.malformed("sections: none is a symbol table");
    }

    private long function(long table) {
        long symbols = in.seek("sh_offset", table + 0x18).u64("sh_offset");
        long size = in.u64("sh_size");
        long names = offset(in.u32("sh_link"));
        int count = Math.clamp(size / SYMBOL_SIZE, 0, MAX_SYMBOLS);
        for (int i = 0; i < count; i++) {
            in.seek("st_name", symbols + (long) i * SYMBOL_SIZE);
            long name = names + in.u32("st_name");
            int section = in.skip("st_info", 2).u16("st_shndx");
            long value = in.u64("st_value");
            if (in.image().matches(name, Image.ofAscii(FUNCTION + "\0"))) {
                return offset(section) + value;
            }
        }
        throw in.malformed("symbols: none is " + FUNCTION);
    }

    /// The offset of a section in the file.
    private long offset(long section) {
        if (section >= sectionCount) {
            throw in.malformed("section: %d, there are %d", section, sectionCount);
        }
        return in.seek("sh_offset", sections + section * SECTION_SIZE + 0x18).u64("sh_offset");
    }

    private static Image unsigned(Image module) {
        long mark = module.size() - SIGNED.size();
        if (!module.matches(mark, SIGNED)) {
            return module;
        }
        // The last field of the information, the size of the signature, is big-endian.
        long size = Integer.reverseBytes((int) module.u32(mark - 4)) & 0xffff_ffffL;
        long end = mark - SIGNATURE_INFO - size;
        return end < 0 ? module : module.slice(0, end);
    }
}
