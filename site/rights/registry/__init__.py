"""What the site's tools keep about people. Each tool registers its data sets when it starts.

Whatever speaks of people's data reads this: /my/, retention, the privacy policy.

What a law wants kept
---------------------
A tool whose rows a law wants kept after they have served their purpose (payments, five years by
the decree on electronic commerce, art. 6) keeps no archive of its own. It says so and hands over:

1. ``DataSet(..., kept_by_law=TRADE_PAYMENTS)``, or a ``LegalRetention`` of its own. By this alone
   the set gets a second retention rule, ``<name>.by_law``, with a clock; a table of its own in the
   privacy policy; its own lines in the retention calendar and in the destruction log.
2. While a row serves its purpose it stays where it is. ``find`` tells of it with
   ``Holding(erasure=Erasure.KEPT_BY_LAW, law_counts_from=<day of the payment>)``; the owner who
   asks for its erasure reads which law, how long, until when.
3. When the purpose ends, ``destroy`` of the tool's own clock calls, in the same transaction,
   ``rights.services.set_apart("<name>", [ApartRow(...)])`` and takes everything about the person
   out of its own row (amounts, days and references may stay). ``due`` must pass over rows that
   were set apart before.
4. ``DataSet(set_apart=...)``, if given, does the same for one row at its owner's wish (they ask
   for erasure before the clock comes): it raises NotTheirsError like ``erase``, may be called
   twice, and does nothing to a row that still serves its purpose.

From then on the facts lie encrypted in ``rights_retainedrecord``: apart from all other data (PIPA
art. 21(3)), shown to staff one by one with the right ``rights.view_retainedrecord`` and a written
reason, each look in the access log under the name of the set; shown to their owner on /my/;
told of after a breach of the set; destroyed on the day after their last.
"""

from .clocks import Clock, DueRow, FindDue, Outlook, RetentionRule
from .holdings import ApartRow, Erasure, Fact, Holding, Step, Withdrawal
from .law import (
    TRADE_ADVERTISING,
    TRADE_COMPLAINTS,
    TRADE_CONTRACTS,
    TRADE_PAYMENTS,
    LegalRetention,
)
from .processors import DeclaredProcessor, declared_processors, register_processors
from .provisions import Provision, provisions, register_provisions
from .sets import (
    Basis,
    DataSet,
    MoveRefusedError,
    NotTheirsError,
    _data_sets,
    all_rules,
    clocked_rules,
    data_set_named,
    data_sets,
    keep_apart_with,
    label_of,
    register_data_set,
    register_rule,
    retention_rules,
)

__all__ = [
    "TRADE_ADVERTISING",
    "TRADE_COMPLAINTS",
    "TRADE_CONTRACTS",
    "TRADE_PAYMENTS",
    "ApartRow",
    "Basis",
    "Clock",
    "DataSet",
    "DeclaredProcessor",
    "DueRow",
    "Erasure",
    "Fact",
    "FindDue",
    "Holding",
    "LegalRetention",
    "MoveRefusedError",
    "NotTheirsError",
    "Outlook",
    "Provision",
    "RetentionRule",
    "Step",
    "Withdrawal",
    "_data_sets",
    "all_rules",
    "clocked_rules",
    "data_set_named",
    "data_sets",
    "declared_processors",
    "keep_apart_with",
    "label_of",
    "provisions",
    "register_data_set",
    "register_processors",
    "register_provisions",
    "register_rule",
    "retention_rules",
]
