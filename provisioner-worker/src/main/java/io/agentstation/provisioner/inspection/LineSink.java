package io.agentstation.provisioner.inspection;

import io.agentstation.contracts.inspection.InspectionPaths;
import io.agentstation.contracts.inspection.LogLine;
import io.agentstation.contracts.wire.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes lines to whoever asked, as fast as they are read. Thread-safe: several containers write to one. */
final class LineSink {

    private static final byte[] END = {'\n'};

    private final OutputStream out;
    private @Nullable IOException broken;

    LineSink(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes a line.
     *
     * @throws ClientGone when nobody reads it
     */
    void write(LogLine line) {
        write(Wire.write(line));
    }

    /**
     * Says that there is nothing new; so one notices that nobody reads any longer.
     *
     * @throws ClientGone when nobody does
     */
    void nothingNew() {
        write(new byte[0]);
    }

    /**
     * Says that this was all.
     *
     * @throws ClientGone when nobody reads it
     */
    void end() {
        write(InspectionPaths.END.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void write(byte[] json) {
        if (broken != null) {
            throw new ClientGone(broken);
        }
        try {
            out.write(json);
            out.write(END);
            out.flush();
        } catch (IOException e) {
            broken = e;
            throw new ClientGone(e);
        }
    }
}
