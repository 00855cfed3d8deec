package igdrom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bench.judge.Expectation;
import igdrom.bench.setup.Qemu;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.virtualigd.IgdModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VfioOptionsTest {
    private static final int COFFEE_LAKE = 0x3e92;

    @Test
    void options_are_those_of_a_configuration_when_none_are_given() {
        assertThat(of(MachineType.Q35)).containsExactly("x-igd-opregion=on");
        assertThat(of(MachineType.PC))
                .containsExactly("x-igd-legacy-mode=off", "x-igd-opregion=on", "x-igd-lpc=on");
    }

    @ParameterizedTest
    @CsvSource({
        "4, 128",
        "0x4, 128",
        "1, 32",
        // Steps of 4 MiB from 0xf0 on.
        "0xf1, 8",
        "0x40, 2048",
        // QEMU prints an error and leaves the host's size.
        "0x41, 64",
        "nonsense, 64",
        "0, 64",
    })
    void size_of_stolen_memory_is_what_x_igd_gms_says(String value, int mib) {
        assertThat(stolenMiB("11.1.3", MachineType.Q35, COFFEE_LAKE, "x-igd-gms=" + value))
                .isEqualTo(mib);
        assertThat(stolenMiB("11.1.3", MachineType.PC, COFFEE_LAKE, "x-igd-gms=" + value))
                .isEqualTo(mib);
    }

    @Test
    void last_x_igd_gms_counts() {
        assertThat(
                        stolenMiB(
                                "11.1.3",
                                MachineType.Q35,
                                0x46d1,
                                "x-igd-gms=1",
                                "x-igd-opregion=on",
                                "x-igd-gms=3"))
                .isEqualTo(96);
    }

    /// QEMU 10.0 knows no steps of 4 MiB; an older one does not read the option on q35.
    @Test
    void size_depends_on_the_version_of_qemu() {
        assertThat(stolenMiB("10.0.13", MachineType.Q35, COFFEE_LAKE, "x-igd-gms=0xf1"))
                .isEqualTo(64);
        assertThat(stolenMiB("10.0.13", MachineType.Q35, COFFEE_LAKE, "x-igd-gms=4"))
                .isEqualTo(128);
        assertThat(stolenMiB("7.2.22", MachineType.Q35, COFFEE_LAKE, "x-igd-gms=4")).isEqualTo(64);
        assertThat(stolenMiB("7.2.22", MachineType.PC, COFFEE_LAKE, "x-igd-gms=4")).isEqualTo(128);
    }

    private static List<String> of(MachineType type) {
        return VfioOptions.of(List.of(), machine(type, COFFEE_LAKE), qemu("11.1.3")).words();
    }

    /// The size that a guest is expected to have, whose host has 64 MiB.
    private static long stolenMiB(String version, MachineType type, int id, String... words) {
        VfioOptions options = new VfioOptions(List.of(words));
        TestMachine guest = options.guest(machine(type, id), qemu(version));
        Expectation.Stolen stolen = Expectations.of(guest).gpus().getFirst().stolen();
        return Objects.requireNonNull(stolen).size() >> 20;
    }

    private static TestMachine machine(MachineType type, int device) {
        PciId id = PciId.intel(device);
        return TestMachine.builder(Roms.of(id, RomData.NONE), IgdModel.of(id), type)
                .files(Roms.opRegion("OPTIONS"), 64 << 20, 0)
                .build();
    }

    private static Qemu qemu(String version) {
        return new Qemu(version, List.of("qemu"), Map.of(), null, "a test");
    }
}
