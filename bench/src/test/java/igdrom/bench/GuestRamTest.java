package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.IgdModel;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.junit.jupiter.api.Test;

class GuestRamTest {
    private static final PciId ID = PciId.intel(0x46a6);
    private static final long MIB = 1 << 20;

    @Test
    void memory_of_a_guest_is_full_of_the_pattern_where_drivers_allocate() throws IOException {
        // 128 MiB and 64 MiB of stolen memory.
        assertThat(bytes(512, 0, 320 * MIB - 1, 320 * MIB, 512 * MIB - 1))
                .isEqualTo(Image.ofHex("00a5a5"));
        assertThat(bytes(256, 0, 64 * MIB - 1, 64 * MIB, 256 * MIB - 1))
                .isEqualTo(Image.ofHex("00a5a5"));
    }

    @Test
    void memory_of_a_large_guest_is_filled_below_4_gib_and_at_the_requested_base()
            throws IOException {
        // q35 has 2 GiB of low memory here.
        long base = 0x1000_0000;
        assertThat(
                        bytes(
                                4096,
                                base,
                                0,
                                base,
                                base + 64 * MIB - 1,
                                base + 64 * MIB,
                                1856 * MIB,
                                2048 * MIB - 1,
                                2048 * MIB))
                .isEqualTo(Image.ofHex("00a5a500a5a500"));
    }

    @Test
    void memory_is_read_below_4_gib_only() throws IOException {
        TestMachine machine =
                TestMachine.builder(Roms.of(ID, RomData.NONE), IgdModel.of(ID), MachineType.Q35)
                        .memory(4096)
                        .build();
        try (GuestRam ram = GuestRam.create(machine, Expectations.of(machine))) {
            long low = 2048 * MIB;
            assertThat(ram.read(low - 2, 2)).contains(Image.ofHex("a5a5"));
            assertThat(ram.read(low - 1, 2)).isEmpty();
            assertThat(ram.read(0xe000_0000L, 2)).isEmpty();
            assertThat(ram.read(-1, 1)).isEmpty();
            assertThat(ram.read(Long.MAX_VALUE, 1)).isEmpty();
            assertThat(ram.read(Long.MIN_VALUE, 1)).isEmpty();
            long filled = low - 192 * MIB;
            assertThat(ram.firstNonZero(0, filled)).hasValue(filled);
            assertThat(ram.firstNonZero(filled - 5, 6)).hasValue(filled);
            assertThat(ram.firstNonZero(filled - 5, 4)).hasValue(filled - 1);
            assertThat(ram.firstNonZero(low, 1)).isEmpty();
            assertThat(ram.firstNonZero(low - MIB, 2 * MIB)).hasValue(low - MIB);
            assertThat(ram.firstNonZero(-MIB, 2 * MIB)).isEmpty();
        }
    }

    /// The bytes at these offsets.
    private static Image bytes(int memoryMib, long base, long... offsets) throws IOException {
        RomContents rom = Roms.of(ID, Roms.embedding(Image.EMPTY, false, base));
        TestMachine machine =
                TestMachine.builder(
                                base == 0 ? Roms.of(ID, RomData.NONE) : rom,
                                IgdModel.of(ID),
                                MachineType.Q35)
                        .memory(memoryMib)
                        .build();
        byte[] bytes = new byte[offsets.length];
        try (GuestRam ram = GuestRam.create(machine, Expectations.of(machine));
                RandomAccessFile file = new RandomAccessFile(ram.path().toFile(), "r")) {
            for (int i = 0; i < offsets.length; i++) {
                file.seek(offsets[i]);
                bytes[i] = file.readByte();
            }
        }
        return Image.of(bytes);
    }
}
