package igdrom.driver;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.formats.compress.Codec;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/// The driver stays small: it is part of every ROM.
class DriverSizeTest {
    private static final int MAX_SIZE = 24 << 10;
    private static final int MAX_COMPRESSED_SIZE = 9800;

    @Test
    void driver_fits_its_budget_with_and_without_compression() throws IOException {
        try (InputStream in = DriverSizeTest.class.getResourceAsStream("igdrom.efi")) {
            assertThat(in).as("the compiled driver").isNotNull();
            Image driver = Image.of(in.readAllBytes());
            assertThat(driver.size()).isLessThanOrEqualTo(MAX_SIZE);
            assertThat(Codec.EFI_1_1.compress(driver).size())
                    .isLessThanOrEqualTo(MAX_COMPRESSED_SIZE);
        }
    }
}
