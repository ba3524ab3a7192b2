package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;

/**
 * Message records as JSON: a field each component, by its name; bytes in hex, several as an array;
 * an empty optional is left out; one of several records names itself in {@code type}, as in {@code
 * "restartPending"}.
 */
final class RecordJson {

  private static final String TYPE = "type";

  private RecordJson() {}

  /** A record, without a type. */
  static ObjectNode write(Record value) {
    ObjectNode json = Fields.empty();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      put(json, component.getName(), read(component, value));
    }
    return json;
  }

  /** One of several records, with its type. */
  static ObjectNode writeTyped(Record value) {
    ObjectNode json = Fields.empty().put(TYPE, typeName(value.getClass()));
    json.setAll(write(value));
    return json;
  }

  /** The record that {@code fields} name of those that {@code sealed} permits. */
  static <T> T readTyped(Class<T> sealed, Fields fields) {
    Class<?> type = leaves(sealed).get(fields.text(TYPE));
    if (type == null) {
      throw Unanswerable.failed("unknown type " + Fields.shortened(fields.text(TYPE)));
    }
    return sealed.cast(read(type, fields));
  }

  /** Whether {@code sealed} permits a record of that type. */
  static boolean isOneOf(Class<?> sealed, String type) {
    return leaves(sealed).containsKey(type);
  }

  private static void put(ObjectNode json, String name, Object value) {
    if (value instanceof List<?> several) {
      ArrayNode array = json.putArray(name);
      several.forEach(one -> array.add(Hex.of(((Bytes) one).toArray())));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(present -> put(json, name, present));
    } else if (value instanceof Bytes bytes) {
      json.put(name, Hex.of(bytes.toArray()));
    } else if (value instanceof VaultId id) {
      json.put(name, Hex.of(id.value().toArray()));
    } else if (value instanceof AccountName account) {
      json.put(name, account.text());
    } else if (value instanceof Boolean flag) {
      json.put(name, flag);
    } else if (value instanceof Number number) {
      json.put(name, number.longValue());
    } else if (value instanceof Enum<?> one) {
      json.put(name, camel(one));
    } else if (value instanceof Record record) {
      boolean oneOfSeveral =
          Arrays.stream(record.getClass().getInterfaces()).anyMatch(Class::isSealed);
      json.set(name, oneOfSeveral ? writeTyped(record) : write(record));
    } else {
      throw new IllegalStateException("no form for " + value.getClass());
    }
  }

  private static Object read(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** A record of that one type. */
  static Object readPlain(Class<? extends Record> type, Fields fields) {
    return read(type, fields);
  }

  private static Object read(Class<?> type, Fields fields) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components)
            .map(component -> value(component.getGenericType(), component.getName(), fields))
            .toArray();
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException refused) {
      throw Unanswerable.malformed();
    } catch (ReflectiveOperationException noConstructor) {
      throw new IllegalStateException(noConstructor);
    }
  }

  private static Object value(Type type, String name, Fields fields) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return fields.byteStrings(name);
    }
    if (type instanceof ParameterizedType optional) {
      return fields.has(name)
          ? Optional.of(value(optional.getActualTypeArguments()[0], name, fields))
          : Optional.empty();
    }
    if (type == int.class) {
      return fields.u32(name);
    }
    if (type == long.class) {
      return fields.u64(name);
    }
    if (type == boolean.class) {
      return fields.flag(name);
    }
    if (type == Bytes.class) {
      return Bytes.copyOf(fields.bytes(name));
    }
    if (type == VaultId.class) {
      return new VaultId(fields.wireBytes(name, VaultId.LENGTH));
    }
    if (type == AccountName.class) {
      return fields.account(name);
    }
    Class<?> declared = (Class<?>) type;
    if (declared.isEnum()) {
      String text = fields.text(name);
      return Arrays.stream(declared.getEnumConstants())
          .filter(one -> camel((Enum<?>) one).equals(text))
          .findFirst()
          .orElseThrow(Unanswerable::malformed);
    }
    return declared.isSealed()
        ? readTyped(declared, fields.object(name))
        : read(declared, fields.object(name));
  }

  private static Map<String, Class<?>> leaves(Class<?> sealed) {
    Map<String, Class<?>> found = new HashMap<>();
    Stream.of(sealed.getPermittedSubclasses())
        .forEach(
            type -> {
              if (type.isSealed()) {
                found.putAll(leaves(type));
              } else {
                found.put(typeName(type), type);
              }
            });
    return found;
  }

  private static String typeName(Class<?> type) {
    String name = type.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static String camel(Enum<?> value) {
    String[] words = value.name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder text = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      text.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
    }
    return text.toString();
  }
}
