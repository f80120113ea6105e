package org.tradesuite.suite.broker;

import java.util.ArrayList;
import java.util.List;
import quickfix.DefaultMessageFactory;
import quickfix.Field;
import quickfix.FieldNotFound;
import quickfix.Group;
import quickfix.Message;
import quickfix.field.ApplVerID;

/** Turns FIX messages of the broker's version into {@link Fields} and back. */
final class Wire {

    private static final String FIX_50_SP2 = "9";
    private static final int CL_ORD_ID = 11;
    private static final int NO_ORDERS = 73;
    private static final int NO_ALLOCS = 78;
    private static final int NO_MISC_FEES = 136;
    private static final int NO_CAPACITIES = 862;

    private final BrokerProfile profile;
    private final DefaultMessageFactory messages = new DefaultMessageFactory();

    Wire(BrokerProfile profile) {
        this.profile = profile;
    }

    static Fields read(Message message) throws FieldNotFound {
        Fields fields = new Fields(message.getHeader().getString(35));
        for (int tag : new int[] {34, 43, 97}) {
            if (message.getHeader().isSetField(tag)) {
                fields.put(tag, message.getHeader().getString(tag));
            }
        }
        for (Field<?> field : message) {
            fields.put(field.getTag(), message.getString(field.getTag()));
        }
        List<String> orders = new ArrayList<>();
        for (Group order : message.getGroups(NO_ORDERS)) {
            orders.add(order.getString(CL_ORD_ID));
        }
        if (!orders.isEmpty()) {
            fields.put(NO_ORDERS, String.join(" ", orders));
        }
        List<String> shares = new ArrayList<>();
        for (Group share : message.getGroups(NO_ALLOCS)) {
            shares.add(share.getString(79) + "=" + share.getString(80));
        }
        if (!shares.isEmpty()) {
            fields.put(NO_ALLOCS, String.join(" ", shares));
        }
        return fields;
    }

    Message write(Fields fields) {
        Message message = profile.version().equals("FIXT.1.1")
                ? messages.create(profile.version(), new ApplVerID(FIX_50_SP2), fields.type())
                : messages.create(profile.version(), fields.type());
        fields.values().forEach((tag, value) -> {
            switch (tag) {
                case 35 -> {
                    // The factory has set it.
                }
                case NO_ORDERS -> {
                    for (String order : fields.list(NO_ORDERS)) {
                        group(message, NO_ORDERS, new int[] {CL_ORD_ID}, order);
                    }
                }
                case NO_MISC_FEES -> group(message, NO_MISC_FEES, new int[] {137, 138, 139}, value);
                case NO_CAPACITIES -> group(message, NO_CAPACITIES, new int[] {528, 863}, value);
                default -> message.setString(tag, value);
            }
        });
        if (fields.type().equals("AK") && profile.version().equals("FIX.4.4")) {
            // The FIX 4.4 dictionary requires both groups, which a share has none of.
            message.setInt(711, 0);
            message.setInt(555, 0);
        }
        if (profile.isFix42()) {
            speakFix42(message, fields);
        }
        return message;
    }

    private static void group(Message message, int counter, int[] tags, String values) {
        String[] parts = values.split("=", -1);
        Group group = new Group(counter, tags[0], tags);
        for (int i = 0; i < tags.length; i++) {
            group.setString(tags[i], parts[i]);
        }
        message.addGroup(group);
    }

    /** FIX 4.2 has ExecTransType, tells partial from full fills in ExecType, and knows fewer reasons. */
    private static void speakFix42(Message message, Fields fields) {
        switch (fields.type()) {
            case "8" -> {
                String execType = fields.need(150);
                message.setString(20, execType.equals("I") ? "3" : "0");
                if (execType.equals("F")) {
                    message.setString(150, fields.is(151, "0") ? "2" : "1");
                } else if (execType.equals("I")) {
                    message.setString(150, fields.need(39));
                }
                if (fields.is(103, "11") || fields.is(103, "13")) {
                    message.setString(103, "0");
                }
            }
            case "9" -> {
                if (fields.is(102, "6")) {
                    message.setString(102, "2");
                }
            }
            default -> {
                // Every other message is the same in all versions.
            }
        }
    }

    /** What names a sent message for good, to find it again in the session's store. */
    static String signature(Fields fields) {
        return String.join(
                "|",
                fields.type(),
                fields.get(17, ""),
                fields.get(11, ""),
                fields.get(70, ""),
                fields.get(87, ""),
                fields.get(664, ""));
    }
}
