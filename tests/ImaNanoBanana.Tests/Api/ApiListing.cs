using System.Reflection;
using System.Text;

namespace ImaNanoBanana.Tests.Api;

/// <summary>The public surface of an assembly as text: the same for the same surface, whatever the order in the source.</summary>
internal sealed class ApiListing
{
    private readonly StringBuilder _text = new();
    private readonly MemberSignatures _members = new();

    private ApiListing()
    {
    }

    public static string Of(Assembly assembly)
    {
        var listing = new ApiListing();
        foreach (var group in assembly.GetExportedTypes().Where(type => !type.IsNested).GroupBy(type => type.Namespace).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            listing._text.Append("namespace ").Append(group.Key).Append('\n');
            foreach (var type in group.OrderBy(type => type.Name, StringComparer.Ordinal))
            {
                listing.Add(type, "");
            }

            listing._text.Append('\n');
        }

        return listing._text.ToString().TrimEnd('\n') + "\n";
    }

    private void Add(Type type, string indent)
    {
        if (indent.Length == 0)
        {
            _text.Append('\n');
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            _text.Append(indent).Append(_members.Delegate(type)).Append('\n');
            return;
        }

        _text.Append(indent).Append(MemberSignatures.Attributes(type)).Append("public ").Append(Kind(type)).Append(' ').Append(TypeNames.Of(type))
            .Append(Bases(type)).Append(TypeNames.Constraints(type.IsGenericTypeDefinition ? type.GetGenericArguments() : [])).Append('\n');
        _text.Append(indent).Append("{\n");
        foreach (var line in type.IsEnum ? Values(type) : _members.Of(type))
        {
            _text.Append(indent).Append("    ").Append(line).Append('\n');
        }

        foreach (var nested in type.GetNestedTypes().OrderBy(nested => nested.Name, StringComparer.Ordinal))
        {
            Add(nested, indent + "    ");
        }

        _text.Append(indent).Append("}\n");
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => (IsReadOnly(type) ? "readonly " : "") + (MemberSignatures.IsRecord(type) ? "record struct" : "struct"),
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (MemberSignatures.IsRecord(type) ? "record" : "class"),
    };

    private static bool IsReadOnly(Type type) =>
        type.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "IsReadOnlyAttribute");

    /// <summary>The base class and the interfaces that nothing else on the list implies.</summary>
    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetUnderlyingType(type) == typeof(int) ? "" : $" : {TypeNames.Of(Enum.GetUnderlyingType(type))}";
        }

        var interfaces = type.GetInterfaces();
        var implied = interfaces.SelectMany(one => one.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        var own = interfaces.Where(one => one.IsVisible && !implied.Contains(one) && !IsRecordEquality(type, one)).Select(one => TypeNames.Of(one)).Order(StringComparer.Ordinal);
        string[] all =
        [
            .. type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? [TypeNames.Of(parent)] : Array.Empty<string>(),
            .. own,
        ];
        return all.Length == 0 ? "" : " : " + string.Join(", ", all);
    }

    private static bool IsRecordEquality(Type type, Type one) =>
        MemberSignatures.IsRecord(type) && one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEquatable<>);

    private static IEnumerable<string> Values(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (Value: Convert.ToInt64(field.GetRawConstantValue(), null), field))
        .OrderBy(value => value.Value)
        .Select(value => $"{MemberSignatures.Attributes(value.field)}{value.field.Name} = {value.Value},");
}
