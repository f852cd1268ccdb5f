/** What is kept in memory of each agent of a partition: primitive rows, a time wheel, and their journal for a restart. */
@NullMarked
package io.agentstation.liveness.watch;

import org.jspecify.annotations.NullMarked;
