package igdrom.formats.pe;

import igdrom.bytes.Cursor;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;

/// The header of a loadable image, in its 32-bit or 64-bit form.
///
/// Spec: PE/COFF, "Optional Header".
///
/// @param plus whether it is PE32+, in which ImageBase and four sizes have 64 bits
/// @param baseOfData 0 in PE32+, which has no such field
/// @param rest the bytes after the data directories, up to SizeOfOptionalHeader
public record OptionalHeader(
        boolean plus,
        int linkerVersion,
        long sizeOfCode,
        long sizeOfInitializedData,
        long sizeOfUninitializedData,
        long addressOfEntryPoint,
        long baseOfCode,
        long baseOfData,
        long imageBase,
        long sectionAlignment,
        long fileAlignment,
        Versions versions,
        long win32VersionValue,
        long sizeOfImage,
        long sizeOfHeaders,
        long checkSum,
        Subsystem subsystem,
        int dllCharacteristics,
        Reserve stack,
        Reserve heap,
        long loaderFlags,
        List<DataDirectory> directories,
        Image rest) {
    /// Index of the certificate table in `directories`.
    public static final int CERTIFICATE_TABLE = 4;

    /// Index of the base relocation table in `directories`.
    public static final int BASE_RELOCATION_TABLE = 5;

    public static final int MAX_DIRECTORIES = 16;

    static final int MAGIC_PE32 = 0x10b;
    static final int MAGIC_PE32_PLUS = 0x20b;

    /// Offset of the field SizeOfHeaders in both forms.
    static final int SIZE_OF_HEADERS_OFFSET = 60;

    /// Offset of the field CheckSum in both forms.
    static final int CHECKSUM_OFFSET = 64;

    private static final int FIXED_BYTES = 96;
    private static final int FIXED_BYTES_PLUS = 112;

    public OptionalHeader {
        directories = List.copyOf(directories);
        if (directories.size() > MAX_DIRECTORIES || (plus && baseOfData != 0)) {
            throw new IllegalArgumentException("not an optional header");
        }
    }

    /// Version fields, which UEFI ignores.
    public record Versions(long operatingSystem, long image, long subsystem) {
        public static final Versions NONE = new Versions(0, 0, 0);
    }

    /// Sizes of memory to reserve and to commit.
    public record Reserve(long reserve, long commit) {
        public static final Reserve NONE = new Reserve(0, 0);

        static Reserve read(Cursor in, boolean plus, String what) {
            return new Reserve(
                    word(in, plus, "SizeOf" + what + "Reserve"),
                    word(in, plus, "SizeOf" + what + "Commit"));
        }
    }

    /// The same header after `size` bytes of initialized data were added.
    OptionalHeader withMoreInitializedData(long size, long newSizeOfImage) {
        return with(sizeOfInitializedData + size, newSizeOfImage, checkSum);
    }

    /// The same header with another CheckSum.
    OptionalHeader withCheckSum(long newCheckSum) {
        return with(sizeOfInitializedData, sizeOfImage, newCheckSum);
    }

    private OptionalHeader with(
            long newSizeOfInitializedData, long newSizeOfImage, long newCheckSum) {
        return new OptionalHeader(
                plus,
                linkerVersion,
                sizeOfCode,
                newSizeOfInitializedData,
                sizeOfUninitializedData,
                addressOfEntryPoint,
                baseOfCode,
                baseOfData,
                imageBase,
                sectionAlignment,
                fileAlignment,
                versions,
                win32VersionValue,
                newSizeOfImage,
                sizeOfHeaders,
                newCheckSum,
                subsystem,
                dllCharacteristics,
                stack,
                heap,
                loaderFlags,
                directories,
                rest);
    }

    /// @param in ends at SizeOfOptionalHeader
    static OptionalHeader read(Cursor in) {
        int magic = in.u16("Magic");
        boolean plus = magic == MAGIC_PE32_PLUS;
        if (!plus && magic != MAGIC_PE32) {
            throw in.malformed(0, "Magic is 0x%x, expected 0x10b or 0x20b", magic);
        }
        return new OptionalHeader(
                plus,
                in.u16("LinkerVersion"),
                in.u32("SizeOfCode"),
                in.u32("SizeOfInitializedData"),
                in.u32("SizeOfUninitializedData"),
                in.u32("AddressOfEntryPoint"),
                in.u32("BaseOfCode"),
                plus ? 0 : in.u32("BaseOfData"),
                word(in, plus, "ImageBase"),
                in.u32("SectionAlignment"),
                in.u32("FileAlignment"),
                new Versions(
                        in.u32("OperatingSystemVersion"),
                        in.u32("ImageVersion"),
                        in.u32("SubsystemVersion")),
                in.u32("Win32VersionValue"),
                in.u32("SizeOfImage"),
                in.u32("SizeOfHeaders"),
                in.u32("CheckSum"),
                new Subsystem(in.u16("Subsystem")),
                in.u16("DllCharacteristics"),
                Reserve.read(in, plus, "Stack"),
                Reserve.read(in, plus, "Heap"),
                in.u32("LoaderFlags"),
                readDirectories(in),
                in.image("the rest of the optional header", in.remaining()));
    }

    private static List<DataDirectory> readDirectories(Cursor in) {
        int count = in.size("NumberOfRvaAndSizes", MAX_DIRECTORIES);
        List<DataDirectory> directories = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            directories.add(DataDirectory.read(in));
        }
        return directories;
    }

    void write(Emitter out) {
        out.u16(plus ? MAGIC_PE32_PLUS : MAGIC_PE32)
                .u16(linkerVersion)
                .u32(sizeOfCode)
                .u32(sizeOfInitializedData)
                .u32(sizeOfUninitializedData)
                .u32(addressOfEntryPoint)
                .u32(baseOfCode);
        if (!plus) {
            out.u32(baseOfData);
        }
        word(out, imageBase)
                .u32(sectionAlignment)
                .u32(fileAlignment)
                .u32(versions.operatingSystem)
                .u32(versions.image)
                .u32(versions.subsystem)
                .u32(win32VersionValue)
                .u32(sizeOfImage)
                .u32(sizeOfHeaders)
                .u32(checkSum)
                .u16(subsystem.code())
                .u16(dllCharacteristics);
        word(out, stack.reserve);
        word(out, stack.commit);
        word(out, heap.reserve);
        word(out, heap.commit).u32(loaderFlags).u32(directories.size());
        for (DataDirectory directory : directories) {
            directory.write(out);
        }
        out.image(rest);
    }

    /// The size, as SizeOfOptionalHeader gives it.
    long bytes() {
        return (plus ? FIXED_BYTES_PLUS : FIXED_BYTES)
                + (long) DataDirectory.BYTES * directories.size()
                + rest.size();
    }

    private static long word(Cursor in, boolean plus, String field) {
        return plus ? in.u64(field) : in.u32(field);
    }

    private Emitter word(Emitter out, long value) {
        return plus ? out.u64(value) : out.u32(value);
    }
}
