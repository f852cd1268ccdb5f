/** What a station needs of its surroundings, looked at before anything is started. */
@NullMarked
package io.agentstation.standalone.preflight;

import org.jspecify.annotations.NullMarked;
