package igdrom.cli.commands;

import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.FailureLadder;
import igdrom.cli.files.Inputs;
import igdrom.cli.files.Inputs.Input;
import igdrom.cli.files.Inputs.Present;
import igdrom.cli.files.Inputs.Refused;
import igdrom.cli.options.Arguments;
import igdrom.cli.output.Console;
import igdrom.cli.output.OutputException;
import igdrom.cli.output.Progress;
import igdrom.report.Report;
import igdrom.report.json.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs the same work on each of several files, on all processors, and prints the results in the
/// order of the files. Finished results wait as text, so that no more images are in memory than
/// there are processors.
final class Batch {
    private final Console console;
    private final ReportPrinter printer;
    private final FileWork work;

    private Batch(Arguments arguments, Console console, FileWork work) {
        this.console = console;
        this.printer = ReportPrinter.of(arguments, console);
        this.work = work;
    }

    /// Runs the work on every file that the operands name.
    ///
    /// @return the highest exit code
    static ExitCode run(Arguments arguments, Console console, FileWork work) throws IOException {
        Batch batch = new Batch(arguments, console, work);
        Inputs inputs = Inputs.of(arguments);
        if (batch.printer.json()) {
            console.out().raw(ReportPrinter.filesStart());
        }
        ExitCode code =
                inputs.several()
                        ? batch.runParallel(inputs.list())
                        : batch.runSingle(inputs.list().getFirst());
        if (batch.printer.json()) {
            console.out().raw(ReportJson.FILES_END).newline();
        }
        return code;
    }

    private ExitCode runSingle(Input input) throws IOException {
        try (Progress _ = Progress.reading(console, input.name())) {
            return answer(0, input, printer);
        }
    }

    private ExitCode runParallel(List<Input> inputs) throws IOException {
        ExitCode code = ExitCode.OK;
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(processors, Batch::daemon);
        try (Progress progress = Progress.of(console, inputs.size())) {
            ArrayDeque<Future<Result>> window = new ArrayDeque<>();
            int next = 0;
            boolean first = true;
            for (int printed = 0; printed < inputs.size(); printed++) {
                while (next < inputs.size() && window.size() < 4 * processors) {
                    int number = next++;
                    Input input = inputs.get(number);
                    window.add(workers.submit(() -> buffered(number, input)));
                }
                Result result = result(window.remove());
                progress.pause();
                print(result, first);
                first &= result.out.size() == 0;
                progress.done(printed + 1);
                code = code.worse(result.code);
            }
        } finally {
            workers.shutdownNow();
        }
        return code;
    }

    private void print(Result result, boolean first) throws OutputException {
        if (!first && result.out.size() > 0) {
            console.out().raw(printer.json() ? ReportJson.FILES_SEPARATOR : "\n");
        }
        console.out().bytes(result.out.toByteArray()).flush();
        console.err().bytes(result.err.toByteArray()).flush();
    }

    /// Runs the work on one file and keeps its output for later.
    private Result buffered(int number, Input input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console buffer =
                new Console(console.out().to(out), console.err().to(err), console.terminal());
        ExitCode code = answer(number, input, printer.to(buffer));
        return new Result(code, out, err);
    }

    private ExitCode answer(int number, Input input, ReportPrinter to) throws OutputException {
        return switch (input) {
            case Refused(String name, ExitCode code, String reason) ->
                    to.printElement(name, new Failure(code, name + ": " + reason));
            case Present(Path path) -> {
                Report report;
                try {
                    report = work.run(number, path);
                } catch (IOException | RuntimeException | OutOfMemoryError e) {
                    String name = path.toString();
                    yield to.printElement(name, FailureLadder.of(e, name));
                }
                yield to.printElement(report);
            }
        };
    }

    private static Result result(Future<Result> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            if (e.getCause() instanceof OutputException cause) {
                throw cause;
            }
            throw FailureLadder.of(e, "error");
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "igdrom-reader");
        thread.setDaemon(true);
        return thread;
    }

    /// The output of one file.
    private record Result(ExitCode code, ByteArrayOutputStream out, ByteArrayOutputStream err) {}
}
