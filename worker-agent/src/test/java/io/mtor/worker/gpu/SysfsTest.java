// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of small files, as Linux shows them. */
class SysfsTest {

    @TempDir
    private Path root = Path.of("");

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }

    private void card(String name, String vendor) throws IOException {
        write(name + "/device/vendor", vendor);
        write(name + "/device/mem_info_vram_total", "17163091968");
        write(name + "/device/mem_info_vram_used", "1073741824");
        write(name + "/device/gpu_busy_percent", "37");
        write(name + "/device/hwmon/hwmon3/temp1_input", "64500");
        write(name + "/device/hwmon/hwmon3/power1_average", "203000000");
    }

    @Test
    void shouldReadAmdsGpusAndNoOthers() throws IOException {
        card("card1", "0x1002");
        card("card0", "0x8086");
        write("card1/device/product_name", "Radeon RX 7800 XT");
        Files.createDirectories(root.resolve("card1-DP-1"));

        assertThat(new AmdSysfs(root).sample())
                .containsExactly(
                        new GpuSample("card1", "Radeon RX 7800 XT", 17163091968L, 1073741824L, null, 37, 64, 203.0));
    }

    @Test
    void shouldNotKnowWhatIsNotThere() throws IOException {
        write("card0/device/vendor", "0x1002");
        write("card0/device/gpu_busy_percent", "");

        assertThat(new AmdSysfs(root).sample())
                .containsExactly(new GpuSample("card0", "", null, null, null, null, null, null));
        assertThat(new AmdSysfs(root.resolve("nowhere")).sample()).isEmpty();
    }

    @Test
    void shouldKnowABatteryThatIsEmptied() throws IOException {
        write("BAT0/type", "Battery");
        write("BAT0/status", "Discharging");
        write("AC/type", "Mains");
        write("AC/online", "0");
        assertThat(new Battery(root).isInUse()).isTrue();

        write("AC/online", "1");
        assertThat(new Battery(root).isInUse()).isFalse();
    }

    @Test
    void shouldNotMindTheBatteryOfAMouse() throws IOException {
        write("hidpp_battery_0/type", "Battery");
        write("hidpp_battery_0/scope", "Device");
        write("hidpp_battery_0/status", "Discharging");

        assertThat(new Battery(root).isInUse()).isFalse();
        assertThat(new Battery(root.resolve("nowhere")).isInUse()).isFalse();
    }

    @Test
    void shouldKnowWhenSomebodyTypedLast() throws IOException {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        typed("pts/0", now.minusSeconds(900));
        typed("pts/1", now.minusSeconds(60));
        typed("pts/ptmx", now);
        typed("tty1", now.minusSeconds(3_600));

        assertThat(new Terminals(root).idle(now)).isEqualTo(Duration.ofSeconds(60));
        assertThat(new Terminals(root.resolve("nowhere")).idle(now)).isNull();
    }

    private void typed(String terminal, Instant at) throws IOException {
        write(terminal, "");
        FileTime time = FileTime.from(at);
        Files.getFileAttributeView(root.resolve(terminal), BasicFileAttributeView.class)
                .setTimes(time, time, time);
    }
}
