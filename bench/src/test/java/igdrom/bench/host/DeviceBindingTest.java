package igdrom.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Binding to vfio-pci and giving back, on a directory that plays sysfs.
class DeviceBindingTest {
    @TempDir Path root;

    @ParameterizedTest
    @CsvSource({"i915,''", "xe,''", "'',''", "i915,i915", "'',vfio-pci", "'',nothing"})
    void device_is_bound_and_given_back_with_its_driver_and_its_override(
            String driver, String override) throws IOException {
        MadeSysfs sysfs = new MadeSysfs(root, driver, override);
        BindingState before = sysfs.state();

        DeviceBinding binding = sysfs.bind();
        assertThat(sysfs.state()).isEqualTo(new BindingState("vfio-pci", "vfio-pci"));
        assertThat(binding.before()).isEqualTo(before);
        binding.close();

        assertThat(sysfs.state()).isEqualTo(before);
    }

    @Test
    void the_kernel_is_asked_in_this_order() throws IOException {
        MadeSysfs sysfs = new MadeSysfs(root, "i915", "");

        sysfs.bind().close();

        assertThat(sysfs.written)
                .containsExactly(
                        MadeSysfs.IGD + "/driver_override=vfio-pci",
                        "i915/unbind=" + MadeSysfs.IGD,
                        "vfio-pci/bind=" + MadeSysfs.IGD,
                        "vfio-pci/unbind=" + MadeSysfs.IGD,
                        MadeSysfs.IGD + "/driver_override=",
                        "i915/bind=" + MadeSysfs.IGD);
    }

    @Test
    void nothing_is_written_for_a_device_that_vfio_pci_has() throws IOException {
        MadeSysfs sysfs = new MadeSysfs(root, "vfio-pci", "");

        sysfs.bind().close();

        assertThat(sysfs.written).isEmpty();
    }

    @Test
    void device_that_vfio_pci_refuses_goes_back_at_once() throws IOException {
        MadeSysfs sysfs = new MadeSysfs(root, "i915", "");
        sysfs.refusing = "vfio-pci";

        assertThatThrownBy(sysfs::bind)
                .isInstanceOf(IOException.class)
                .hasMessage("No such device");

        assertThat(sysfs.state()).isEqualTo(new BindingState("i915", ""));
    }

    @Test
    void device_that_its_driver_does_not_take_back_is_reported() throws IOException {
        MadeSysfs sysfs = new MadeSysfs(root, "i915", "");
        DeviceBinding binding = sysfs.bind();
        sysfs.refusing = "i915";

        assertThatThrownBy(binding::close).hasMessage("No such device");
        assertThat(sysfs.state()).isEqualTo(new BindingState("", ""));
    }

    @Test
    void device_that_lost_its_driver_meanwhile_is_given_back() throws IOException {
        MadeSysfs sysfs = new MadeSysfs(root, "i915", "");
        DeviceBinding binding = sysfs.bind();
        sysfs.write(root.resolve("sys/bus/pci/drivers/vfio-pci/unbind"), MadeSysfs.IGD);

        binding.close();

        assertThat(sysfs.state()).isEqualTo(new BindingState("i915", ""));
    }

    @Test
    void second_close_writes_nothing() throws IOException {
        MadeSysfs sysfs = new MadeSysfs(root, "i915", "");
        DeviceBinding binding = sysfs.bind();
        binding.close();
        int writes = sysfs.written.size();

        binding.close();

        assertThat(sysfs.written).hasSize(writes);
    }

    @Test
    void device_that_was_given_back_is_not_taken_any_more() throws IOException {
        MadeSysfs sysfs = new MadeSysfs(root, "i915", "");
        DeviceBinding binding = DeviceBinding.of(root, MadeSysfs.IGD, sysfs::write);
        binding.close();

        assertThatThrownBy(binding::take).hasMessage("interrupted");
        assertThat(sysfs.written).isEmpty();
    }

    @Test
    void missing_device_is_an_error_that_names_the_file() {
        assertThatThrownBy(() -> DeviceBinding.of(root, MadeSysfs.IGD))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("driver_override");
    }
}
