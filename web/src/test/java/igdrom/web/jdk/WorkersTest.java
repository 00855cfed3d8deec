package igdrom.web.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.web.jdk.igdrom.firmware.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void work_runs_once_when_its_result_is_asked_for() {
        List<String> log = new ArrayList<>();
        int sum =
                Workers.run(() -> {
                    Supplier<Integer> one = Workers.start(() -> logged(log, "one", 1));
                    Supplier<Integer> two = Workers.start(() -> logged(log, "two", 2));
                    log.add("started");
                    return two.get() + one.get() + one.get();
                });
        assertThat(sum).isEqualTo(4);
        assertThat(log).containsExactly("started", "two", "one");
    }

    @Test
    void the_exception_of_the_work_reaches_whoever_asks_for_the_result() {
        Supplier<Object> work =
                Workers.start(() -> {
                    throw new IllegalStateException("broken");
                });
        assertThatThrownBy(work::get).hasMessage("broken");
    }

    private static int logged(List<String> log, String name, int value) {
        log.add(name);
        return value;
    }
}
