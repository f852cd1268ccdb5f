/** One class of Cassandra's, replaced so that Cassandra 5.0 starts on every Java from 17 on. */
@NullMarked
package org.apache.cassandra.security;

import org.jspecify.annotations.NullMarked;
