package io.agentstation.provisioner.inspection;

/** The lines of an agent's log, written as they come. */
interface LogAnswer {

    /**
     * Writes until there is no more, and says so; or until it has to break off, and does not.
     *
     * @throws ClientGone when nobody reads them any longer
     */
    void writeTo(LineSink sink);
}
