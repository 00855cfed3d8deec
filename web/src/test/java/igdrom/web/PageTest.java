package igdrom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.samples.SampleFlash;
import igdrom.testing.Corpus;
import igdrom.web.browser.Chromium;
import igdrom.web.browser.Message;
import igdrom.web.browser.Tab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser: a few files always, all of the corpus with the system property
/// `igdrom.all`.
class PageTest {
    private static final Path PAGE = Path.of("target", "igdrom.html");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /// Of all images, one of each kind.
    private static final List<String> ALWAYS =
            List.of(
                    "firmware/lattepanda_13.bin.xz",
                    "firmware/rpl_FvLateSilicon.fv.xz",
                    "synthetic/syn_brotli.fd.xz",
                    "synthetic/syn_capsule_fmp.cap.xz",
                    "synthetic/syn_corrupt_lzma.fd.xz",
                    "oprom/x230t_vbios.bin",
                    "vbt/dell-optiplex_9020.vbt",
                    "host/opregion-msi-skl.bin");

    private static final List<String> DIRECTORIES =
            List.of("firmware", "synthetic", "gop", "gop-more", "oprom", "vbt");

    private static @Nullable Chromium browser;

    @TempDir Path directory = Path.of("");
    private @Nullable Tab opened;

    @BeforeAll
    static void start_the_browser() throws Exception {
        assumeTrue(Files.exists(PAGE), "no page here: mvn -pl web -am package builds it");
        Optional<Path> program = Chromium.program();
        assumeTrue(program.isPresent(), "no chromium here");
        browser = Chromium.start(program.get());
    }

    @AfterAll
    static void end_the_browser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open_the_page() throws Exception {
        Tab tab = java.util.Objects.requireNonNull(browser).tab();
        tab.show(1280, 900, false);
        tab.open(PAGE);
        opened = tab;
    }

    @AfterEach
    void nothing_left_the_page() {
        Tab tab = tab();
        assertThat(tab.requests())
                .isNotEmpty()
                .allMatch(url -> url.startsWith("file://") || url.startsWith("blob:null/"));
        tab.close();
    }

    private Tab tab() {
        return java.util.Objects.requireNonNull(opened);
    }

    // --- The same answers as on the command line.

    @Test
    void every_file_is_described_as_on_the_command_line() throws Exception {
        Map<String, Path> files = new TreeMap<>();
        add(files, "demo.bin", SampleFlash.make());
        add(files, "zlib.fv", Samples.zlib());
        for (String name : corpus()) {
            String file = name.substring(name.lastIndexOf('/') + 1).replace(".xz", "");
            add(files, file, Corpus.image(name));
        }
        // Each in a tab's turn: a failure names its file.
        for (Path file : files.values()) {
            choose(file);
        }
        assertThat(number("igdrom.opened.length")).isEqualTo(files.size());
        int at = 0;
        for (Path file : files.values()) {
            String page = tab().evaluate("JSON.stringify(igdrom.opened[" + at + "].reply.report)");
            CommandLine line = CommandLine.run("inspect", "--json", "--all", file.toString());
            assertThat(CommandLine.comparable(page)).as(file.toString()).isEqualTo(line.file());
            at++;
        }
        assertThat(files.keySet()).contains("demo.bin", "zlib.fv");
        assertThat(tab().complaints()).isEmpty();
    }

    private void add(Map<String, Path> files, String name, Image image) {
        files.put(name, Samples.write(directory, name, image));
    }

    private static List<String> corpus() {
        if (!Files.isDirectory(Corpus.root())) {
            return List.of();
        }
        if (!Boolean.getBoolean("igdrom.all")) {
            return ALWAYS;
        }
        List<String> names = new ArrayList<>(List.of("host/opregion-msi-skl.bin"));
        for (String folder : DIRECTORIES) {
            for (Path file : Corpus.files(folder, ".xz", ".efi", ".rom", ".bin", ".vbt")) {
                names.add(folder + "/" + file.getFileName());
            }
        }
        return names;
    }

    @Test
    void the_demo_becomes_the_same_rom_for_every_machine() throws Exception {
        Path demo = Samples.write(directory, "demo.bin", SampleFlash.make());
        for (String machine : List.of("q35", "pc", "bhyve")) {
            compare(
                    List.of("--firmware", demo.toString(), "--machine", machine),
                    "{parts: {firmware: 'demo.bin'}, machine: '" + machine + "'}",
                    demo);
        }
        compare(
                List.of(
                        "--firmware",
                        demo.toString(),
                        "--vbios",
                        demo.toString(),
                        "--compress",
                        "--no-pch",
                        "--lid",
                        "open",
                        "--opregion-source",
                        "embedded",
                        "--disable-output",
                        "HDMI-B",
                        "--stolen-base",
                        "0x7c800000"),
                "{parts: {firmware: 'demo.bin', vgaBios: 'demo.bin'}, compressed: true,"
                        + " uneditedGop: true, lidOpen: true, embedded: true,"
                        + " disabledOutputs: ['HDMI-B'], stolenBase: '0x7c800000'}",
                demo);
        Path snapshot = directory.resolve("host.json");
        Files.writeString(snapshot, Samples.SNAPSHOT);
        compare(
                List.of("--firmware", demo.toString(), "--snapshot", snapshot.toString()),
                "{parts: {firmware: 'demo.bin', snapshot: 'host.json'}}",
                demo,
                snapshot);
    }

    @Test
    void real_gops_become_the_same_roms_with_and_without_a_pch() throws Exception {
        assumeTrue(Files.isDirectory(Corpus.root()), "no corpus here");
        Path gk41 =
                Samples.write(directory, "gk41.fd", Corpus.image("firmware/gk41_test_OVMF.fd.xz"));
        compareFor(
                "8086:5917",
                List.of("--firmware", gk41.toString(), "--machine", "q35", "--pch", "8086:9d58"),
                "{parts: {firmware: 'gk41.fd'}, machine: 'q35', pch: '8086:9d58'}",
                gk41);
        Path tgl =
                Samples.write(
                        directory,
                        "tgl.efi",
                        Corpus.image("gop-more/mrcb_soc_intel_tgl_IntelGopDriver.efi"));
        for (String pch : List.of("", "8086:a082")) {
            List<String> line = new ArrayList<>(List.of("--gop", tgl.toString()));
            if (!pch.isEmpty()) {
                line.addAll(List.of("--pch", pch));
            }
            compareFor(
                    "8086:9a49",
                    line,
                    "{parts: {gop: 'tgl.efi'}" + (pch.isEmpty() ? "}" : ", pch: '" + pch + "'}"),
                    tgl);
        }
    }

    private void compare(List<String> line, String request, Path... files) throws Exception {
        compareFor("8086:46d1", line, request, files);
    }

    /// Builds a ROM both ways and compares bytes, reports and verdicts.
    private void compareFor(String device, List<String> line, String request, Path... files)
            throws Exception {
        Path rom = directory.resolve("igd.rom");
        Files.deleteIfExists(rom);
        List<String> arguments =
                new ArrayList<>(List.of("build", "--json", "-d", device, "-o", rom.toString()));
        arguments.addAll(line);
        CommandLine build = CommandLine.run(arguments.toArray(String[]::new));
        assertThat(build.code()).as(build.out()).isEqualTo(ExitCode.OK);
        for (Path file : files) {
            choose(file);
        }
        String page =
                tab().evaluate(
                                """
                                (async () => {
                                  const request = Object.assign(
                                    {do: 'build', output: 'igd.rom', device: '%s'}, %s);
                                  const files = igdrom.opened.map(
                                    file => ({name: file.name, bytes: file.bytes}));
                                  const replies = await igdrom.run(files, [request,
                                    {do: 'verify', file: 'igd.rom', device: '%s'}], () => {}).done;
                                  const text = String.fromCharCode.apply.bind(
                                    String.fromCharCode, null);
                                  const bytes = replies[0].bytes && new Uint8Array(replies[0].bytes);
                                  let rom = '';
                                  for (let at = 0; bytes && at < bytes.length; at += 4096) {
                                    rom += text(bytes.subarray(at, at + 4096));
                                  }
                                  return JSON.stringify({rom: btoa(rom), error: replies[0].reply.error,
                                    report: replies[0].reply.report,
                                    verdict: replies[1] && replies[1].reply.report});
                                })()
                                """
                                        .formatted(device, request, device));
        Message answer = Message.parse(page);
        assertThat(Base64.getDecoder().decode(answer.text("rom")))
                .as(answer.text("error"))
                .isEqualTo(Files.readAllBytes(rom));
        assertThat(CommandLine.comparable(Message.print(answer.object("report").members())))
                .isEqualTo(build.document());
        CommandLine verify = CommandLine.run("verify", "--json", "-d", device, rom.toString());
        assertThat(CommandLine.comparable(Message.print(answer.object("verdict").members())))
                .isEqualTo(verify.file());
    }

    @Test
    void configurations_are_those_of_the_command_line() throws Exception {
        Path demo = Samples.write(directory, "demo.bin", SampleFlash.make());
        Path rom = directory.resolve("igd.rom");
        CommandLine.run(
                "build", "-d", "8086:46d1", "--firmware", demo.toString(), "-o", rom.toString());
        Path snapshot = directory.resolve("host.json");
        Files.writeString(snapshot, Samples.SNAPSHOT);
        choose(rom);
        choose(snapshot);
        String page =
                tab().evaluate(
                                """
                                (async () => {
                                  const files = igdrom.opened.map(
                                    file => ({name: file.name, bytes: file.bytes}));
                                  const [{reply}] = await igdrom.run(files, [
                                    {do: 'config', file: 'igd.rom', snapshot: 'host.json'}],
                                    () => {}).done;
                                  return JSON.stringify(reply);
                                })()
                                """);
        List<?> all = Message.parse(page).array("configurations");
        List<String> hypervisors = List.of("qemu", "libvirt", "proxmox", "bhyve");
        assertThat(all).hasSameSizeAs(hypervisors);
        for (int i = 0; i < all.size(); i++) {
            String expected =
                    CommandLine.run(
                                    "config",
                                    "--json",
                                    "--for",
                                    hypervisors.get(i),
                                    "--rom",
                                    rom.toString(),
                                    "--snapshot",
                                    snapshot.toString())
                            .document()
                            .replace(directory + "/", "");
            Message one = new Message((Map<?, ?>) all.get(i));
            assertThat(CommandLine.comparable(Message.print(one.object("report").members())))
                    .isEqualTo(expected);
        }
    }

    @Test
    void outputs_of_a_vbt_are_switched_off_as_on_the_command_line() throws Exception {
        Path demo = Samples.write(directory, "demo.bin", SampleFlash.make());
        Path edited = directory.resolve("line.bin");
        CommandLine line =
                CommandLine.run(
                        "vbt",
                        "edit",
                        demo.toString(),
                        "-o",
                        edited.toString(),
                        "--disable",
                        "eDP-A");
        assertThat(line.code()).isEqualTo(ExitCode.OK);
        tab().downloadTo(directory);
        choose(demo);
        tab().evaluate(
                        "document.querySelector('.opened > div > details:last-of-type').open ="
                                + " true");
        tab().await("document.querySelector('input[name=output][value=\"eDP-A\"]')");
        tab().evaluate("document.querySelector('input[name=output][value=\"eDP-A\"]').click()");
        tab().evaluate(button("Switch them off") + ".click()");
        tab().await(button("Save vbt-edited.bin"));
        tab().evaluate(button("Save vbt-edited.bin") + ".click()");
        assertThat(downloaded("vbt-edited.bin")).isEqualTo(Files.readAllBytes(edited));
    }

    // --- What a user does.

    @Test
    void a_rom_is_made_with_the_keyboard_alone_and_saved() throws Exception {
        Path demo = Samples.write(directory, "demo.bin", SampleFlash.make());
        tab().downloadTo(directory);
        choose(demo);
        assertThat(tab().evaluate("document.querySelector('#files .verdict').textContent"))
                .isEqualTo("YES");
        tab().evaluate("document.querySelector('[name=search]').focus()");
        tab().type("n100");
        tab().press("ArrowDown");
        assertThat(
                        tab().evaluate(
                                        "document.activeElement.name + ' ' +"
                                                + " document.activeElement.value"))
                .isEqualTo("device 8086:46d1");
        for (int presses = 0; presses < 40; presses++) {
            if (tab().evaluate("document.activeElement.textContent").equals("Make the ROM")) {
                break;
            }
            tab().press("Tab");
        }
        tab().press("Enter");
        tab().await("document.querySelector('#made .answer')");
        assertThat(tab().evaluate("document.querySelector('#made').innerText"))
                .contains("DONE", "8086:46d1", "Decisions", "Checked", "GOOD")
                .contains("Configuration for Proxmox VE", "Configuration for libvirt");
        assertThat(tab().evaluate("document.querySelector('#status').textContent"))
                .contains("DONE");
        for (int presses = 0; presses < 10; presses++) {
            tab().press("Tab");
            if (tab().evaluate("document.activeElement.textContent").equals("Save igd.rom")) {
                break;
            }
        }
        tab().press("Enter");
        Path rom = directory.resolve("line.rom");
        CommandLine.run(
                "build", "-d", "8086:46d1", "--firmware", demo.toString(), "-o", rom.toString());
        assertThat(downloaded("igd.rom")).isEqualTo(Files.readAllBytes(rom));
    }

    @Test
    void dropped_files_are_read_and_a_rom_is_checked_at_once() throws Exception {
        Path demo = Samples.write(directory, "demo.bin", SampleFlash.make());
        Path rom = directory.resolve("igd.rom");
        CommandLine.run(
                "build", "-d", "8086:46d1", "--firmware", demo.toString(), "-o", rom.toString());
        tab().drop(List.of(demo, rom), 600, 200);
        tab().await("igdrom.opened.length === 2 && igdrom.opened.every(file => file.done)");
        assertThat(
                        tab().evaluate(
                                        "[...document.querySelectorAll('.opened .verdict')].map(v"
                                                + " => v.textContent).join()"))
                .isEqualTo("YES,GOOD,YES");
        String check = tab().evaluate("JSON.stringify(igdrom.opened[1].reply.check)");
        CommandLine line = CommandLine.run("verify", "--json", rom.toString());
        assertThat(CommandLine.comparable(check)).isEqualTo(line.file());
    }

    @Test
    void a_snapshot_is_diagnosed_as_on_the_command_line() throws Exception {
        Path snapshot = directory.resolve("host.json");
        Files.writeString(snapshot, Samples.SNAPSHOT);
        choose(snapshot);
        assertThat(tab().evaluate("document.querySelector('.opened .verdict').textContent"))
                .isEqualTo("CANNOT TELL");
        assertThat(tab().evaluate("document.querySelector('.opened table.host').innerText"))
                .contains("Alder Lake-N")
                .doesNotContain("--");
        String check = tab().evaluate("JSON.stringify(igdrom.opened[0].reply.check)");
        CommandLine line = CommandLine.run("doctor", "--json", "--snapshot", snapshot.toString());
        assertThat(CommandLine.comparable(check)).isEqualTo(line.document());
    }

    @Test
    void a_snapshot_fills_the_form_in() throws Exception {
        Path demo = Samples.write(directory, "demo.bin", SampleFlash.make());
        Path snapshot = directory.resolve("host.json");
        Files.writeString(snapshot, Samples.SNAPSHOT);
        choose(demo);
        choose(snapshot);
        assertThat(tab().evaluate("document.querySelector('[name=device]').value"))
                .isEqualTo("8086:46d1");
        assertThat(tab().evaluate("document.querySelector('[name=stolenBase]').value"))
                .isEqualTo("0x7c800000");
        assertThat(tab().evaluate("document.querySelector('[name=pch]').options[0].textContent"))
                .contains("8086:5481");
        tab().evaluate("document.querySelector('#form button[type=submit]').click()");
        tab().await("document.querySelector('#made .answer')");
        assertThat(tab().evaluate("document.querySelector('#made').innerText"))
                .contains("DONE", "0x7c800000");
    }

    @Test
    void a_refusal_names_the_labels_of_the_page() throws Exception {
        choose(Samples.write(directory, "demo.bin", SampleFlash.make()));
        tab().evaluate("document.querySelector('[name=search]').focus()");
        tab().type("8086:46d4");
        tab().await("document.querySelector('[name=device]').value === '8086:46d4'");
        tab().evaluate("document.querySelector('#form button[type=submit]').click()");
        tab().await("document.querySelector('#made .answer')");
        assertThat(tab().evaluate("document.querySelector('#made').innerText"))
                .contains("NO ROM", "\u201cAllow what does not fit\u201d")
                .doesNotContain("--");
    }

    @Test
    void work_can_be_cancelled() throws Exception {
        Path large =
                Samples.write(
                        directory,
                        "large.bin",
                        Image.join(Collections.nCopies(40, SampleFlash.make())));
        tab().choose("#open", List.of(large));
        tab().await(button("Cancel"));
        tab().evaluate(button("Cancel") + ".click()");
        tab().await("igdrom.opened.length === 1 && igdrom.opened[0].done");
        assertThat(tab().evaluate("document.querySelector('.opened').innerText"))
                .contains("ERROR", "large.bin: cancelled");
        works();
    }

    @Test
    void work_that_takes_too_long_is_stopped_and_says_so() throws Exception {
        // Two minutes pass in a moment.
        tab().beforeLoading(
                        "const timer = window.setTimeout; window.setTimeout = (what, time) =>"
                                + " timer(what, time === 120000 ? 1 : time)");
        tab().open(PAGE);
        choose(
                Samples.write(
                        directory,
                        "large.bin",
                        Image.join(Collections.nCopies(40, SampleFlash.make()))));
        assertThat(tab().evaluate("document.querySelector('.opened').innerText"))
                .contains("ERROR", "large.bin: stopped: it took more than 120 seconds");
        assertThat(tab().evaluate("document.querySelector('.working') === null")).isEqualTo("true");
        // The next file is read: the worker that was stopped does not keep its turn.
        assertThat(number("igdrom.opened.length")).isEqualTo(1);
        choose(Samples.write(directory, "demo.bin", SampleFlash.make()));
        assertThat(number("igdrom.opened.length")).isEqualTo(2);
    }

    // --- What nobody wants.

    @Test
    void hostile_files_end_in_an_answer_or_an_error() throws Exception {
        Image demo = SampleFlash.make();
        byte[] damaged = demo.toByteArray();
        for (int at = 0x1000; at < damaged.length; at += 997) {
            damaged[at] ^= 0x5a;
        }
        List<Path> files =
                new ArrayList<>(
                        List.of(
                                Samples.write(directory, "empty.bin", Image.EMPTY),
                                Samples.write(directory, "cut.bin", demo.slice(0, 0x12345)),
                                Samples.write(directory, "damaged.bin", Image.of(damaged)),
                                Samples.write(directory, "rom.rom", Image.ofHex("55aa")),
                                Samples.write(
                                        directory, "host.json", Image.ofAscii("{\"schema\": 1")),
                                Samples.write(
                                        directory,
                                        "deep.json",
                                        Image.ofAscii("{\"a\":".repeat(100_000))),
                                Samples.write(
                                        directory,
                                        "letters.bin",
                                        Image.ofAscii("A".repeat(1 << 20))),
                                Samples.write(directory, "bomb.fv", Samples.bomb())));
        if (Boolean.getBoolean("igdrom.all")) {
            files.add(
                    Samples.write(directory, "61.bin", Image.join(Collections.nCopies(61, demo))));
        }
        for (Path file : files) {
            choose(file);
        }
        List<String> verdicts = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            verdicts.add(
                    tab().evaluate(
                                    "document.querySelectorAll('.opened')["
                                            + i
                                            + "].querySelector('.verdict').textContent"));
        }
        // What is left of an image may still have a GOP.
        assertThat(verdicts.subList(0, 3)).isSubsetOf("YES", "NO", "ERROR");
        assertThat(verdicts.subList(3, 8)).containsExactly("NO", "ERROR", "ERROR", "NO", "NO");
        assertThat(tab().evaluate("document.querySelector('.opened').innerText"))
                .contains("ERROR", "empty.bin +0x0: the file is empty");
        assertThat(tab().evaluate("document.querySelectorAll('.opened')[7].innerText"))
                .contains("problem");
        assertThat(tab().evaluate("JSON.stringify(igdrom.opened[7].reply.report.diagnostics)"))
                .contains("exceeds the decompression limit of 0x10000000 bytes");
        works();
    }

    /// The page is alive: it answers about another file.
    private void works() throws Exception {
        long before = number("igdrom.opened.length");
        choose(Samples.write(directory, "alive.bin", SampleFlash.make()));
        assertThat(tab().evaluate("igdrom.opened[" + before + "].reply.yes")).isEqualTo("true");
    }

    @Test
    void a_name_is_text() throws Exception {
        Path file =
                Samples.write(directory, "<img src=x onerror=alert(1)>.bin", SampleFlash.make());
        choose(file);
        assertThat(tab().evaluate("document.querySelectorAll('img').length")).isEqualTo("0");
        assertThat(tab().evaluate("document.querySelector('.opened h2').textContent"))
                .isEqualTo("<img src=x onerror=alert(1)>.bin");
    }

    @Test
    void the_page_cannot_connect_even_when_a_script_tries() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(1500);
            String address = "127.0.0.1:" + server.getLocalPort();
            tab().goOnline();
            String refused =
                    tab().evaluate(
                                    """
                                    (async () => {
                                      const all = [];
                                      const attempt = async (name, what) => {
                                        try { await what(); all.push(name); } catch (e) { }
                                      };
                                      await attempt('fetch', () => fetch('http://%1$s/a'));
                                      await attempt('socket', () => new Promise((ok, no) => {
                                        const s = new WebSocket('ws://%1$s/b');
                                        s.onopen = ok; s.onerror = no; }));
                                      await attempt('image', () => new Promise((ok, no) => {
                                        const i = new Image();
                                        i.onload = ok; i.onerror = no; i.src = 'http://%1$s/c'; }));
                                      await attempt('frame', () => new Promise((ok, no) => {
                                        const f = document.createElement('iframe');
                                        f.src = 'http://%1$s/d'; document.body.append(f);
                                        setTimeout(no, 300); }));
                                      const form = document.createElement('form');
                                      form.action = 'http://%1$s/e'; document.body.append(form);
                                      form.submit();
                                      navigator.sendBeacon('http://%1$s/f', 'x');
                                      const blob = new Blob(
                                        ["fetch('http://%1$s/g').then(() => postMessage('yes'), () => postMessage('no'))"]);
                                      await attempt('worker', () => new Promise((ok, no) => {
                                        const w = new Worker(URL.createObjectURL(blob));
                                        w.onmessage = e => e.data === 'yes' ? ok() : no(); w.onerror = no; }));
                                      return all.join();
                                    })()
                                    """
                                            .formatted(address));
            assertThat(refused).isEmpty();
            try {
                server.accept().close();
                throw new AssertionError("the page connected");
            } catch (SocketTimeoutException _) {
                // As it should be.
            }
        }
        tab().forgetRequests();
        choose(Samples.write(directory, "demo.bin", SampleFlash.make()));
    }

    @Test
    void a_browser_without_wasm_gc_is_told_which_one_has_it() throws Exception {
        tab().beforeLoading("WebAssembly.validate = () => false");
        tab().open(PAGE);
        assertThat(tab().evaluate("document.querySelector('main').innerText"))
                .contains("NOT IN THIS BROWSER", "Firefox 120")
                .doesNotContain("Open files");
    }

    // --- To look at.

    @Test
    void screenshots_for_people_are_taken() throws Exception {
        Files.createDirectories(SCREENSHOTS);
        shoot("empty");
        Path image =
                Files.isDirectory(Corpus.root())
                        ? Samples.write(
                                directory,
                                "syn_ifd_8m.bin",
                                Corpus.image("synthetic/syn_ifd_8m.bin.xz"))
                        : Samples.write(directory, "demo.bin", SampleFlash.make());
        choose(image);
        shoot("image");
        tab().evaluate(
                        "document.querySelectorAll('.opened details, #form details').forEach(d => {"
                                + " d.open = true; })");
        tab().evaluate("new Promise(done => setTimeout(done, 300))");
        shoot("unfolded");
        tab().evaluate(
                        "document.querySelectorAll('.opened details, #form details').forEach(d => {"
                                + " d.open = false; })");
        tab().evaluate("document.querySelector('[name=device]').selectedIndex = 0");
        tab().evaluate("document.querySelector('#form button[type=submit]').click()");
        tab().await("document.querySelector('#made .answer')");
        shoot("rom");
        choose(Samples.write(directory, "letters.bin", Image.ofAscii("A".repeat(4096))));
        choose(Samples.write(directory, "host.json", Image.ofAscii("{\"schema\": 1")));
        shoot("no");
        tab().open(PAGE);
        choose(Samples.write(directory, "host.json", Image.ofAscii(Samples.SNAPSHOT)));
        shoot("host");
        assertThat(SCREENSHOTS.toFile().list()).hasSizeGreaterThanOrEqualTo(24);
    }

    private void shoot(String name) throws IOException {
        for (int width : new int[] {1280, 390}) {
            for (boolean dark : new boolean[] {false, true}) {
                tab().show(width, 900, dark);
                String file = name + "-" + width + (dark ? "-dark" : "-light") + ".png";
                Files.write(SCREENSHOTS.resolve(file), tab().screenshot());
                // Nothing is wider than the window.
                assertThat(number("document.documentElement.scrollWidth"))
                        .as(file)
                        .isLessThanOrEqualTo(width);
            }
        }
        tab().show(1280, 900, false);
    }

    private long number(String expression) {
        return Long.parseLong(tab().evaluate(expression));
    }

    /// An expression for the button with this text.
    private static String button(String text) {
        return "[...document.querySelectorAll('button')].find(b => b.textContent === '"
                + text
                + "')";
    }

    private void choose(Path file) throws InterruptedException {
        long before = number("igdrom.opened.length");
        tab().choose("#open", List.of(file));
        tab().await(
                        "igdrom.opened.length === "
                                + (before + 1)
                                + " && igdrom.opened["
                                + before
                                + "].done");
    }

    private byte[] downloaded(String name) throws Exception {
        Path file = directory.resolve(name);
        for (int i = 0; i < 600 && !Files.exists(file); i++) {
            Thread.sleep(50);
        }
        return Files.readAllBytes(file);
    }
}
