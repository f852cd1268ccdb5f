package io.agentstation.telemetry.batches;

import io.agentstation.telemetry.figures.LagFigures;
import io.agentstation.telemetry.figures.PauseFigures;
import io.agentstation.telemetry.figures.WriterFigures;

/** Where every reader's figures go. */
public record ReaderFigures(WriterFigures writer, PauseFigures pauses, LagFigures lag) {}
