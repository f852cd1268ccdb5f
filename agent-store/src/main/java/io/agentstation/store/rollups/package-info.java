/** Windows: what agents reported in each minute and hour, and how much of each hour they were heard. */
@NullMarked
package io.agentstation.store.rollups;

import org.jspecify.annotations.NullMarked;
