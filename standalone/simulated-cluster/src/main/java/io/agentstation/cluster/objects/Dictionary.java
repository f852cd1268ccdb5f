package io.agentstation.cluster.objects;

/** What the texts of one kind have in common: the longest of the first ones, since objects grow while they come to life. */
final class Dictionary {

    private static final int LEARNED_FROM = 100;

    private byte[] longest = new byte[0];
    private int seen;

    /** The dictionary for a text, which may have become the dictionary for those that follow. */
    synchronized byte[] next(byte[] text) {
        byte[] now = longest;
        if (seen < LEARNED_FROM) {
            seen++;
            longest = text.length > longest.length ? text : longest;
        }
        return now;
    }
}
