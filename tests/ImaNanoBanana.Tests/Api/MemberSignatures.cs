using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ImaNanoBanana.Tests.Api;

/// <summary>The members of a type that an app can see, as C# declares them.</summary>
internal sealed class MemberSignatures
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] OfRecords =
        ["Equals", "GetHashCode", "<Clone>$", "PrintMembers", "Deconstruct", "EqualityContract"];

    private static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["op_Equality"] = "operator ==",
        ["op_Inequality"] = "operator !=",
        ["op_LessThan"] = "operator <",
        ["op_GreaterThan"] = "operator >",
        ["op_LessThanOrEqual"] = "operator <=",
        ["op_GreaterThanOrEqual"] = "operator >=",
    };

    /// <summary>What a caller's compiler or editor acts on.</summary>
    private static readonly Type[] Shown =
    [
        typeof(FlagsAttribute), typeof(ObsoleteAttribute), typeof(ExperimentalAttribute), typeof(EditorBrowsableAttribute),
        typeof(NotNullWhenAttribute), typeof(MaybeNullWhenAttribute), typeof(NotNullAttribute), typeof(DoesNotReturnAttribute),
    ];

    private readonly TypeNames _names = new();

    public static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is { } print
        && (type.IsValueType || type.GetMethod("<Clone>$") is not null)
        && print.IsDefined(typeof(CompilerGeneratedAttribute));

    public static string Attributes(ICustomAttributeProvider target) => string.Concat(target.GetCustomAttributes(inherit: false)
        .Where(attribute => Shown.Contains(attribute.GetType()) && !IsForOldCompilers(attribute))
        .Select(attribute => $"[{attribute.GetType().Name[..^"Attribute".Length]}{Argument(attribute)}] ")
        .Order(StringComparer.Ordinal));

    /// <summary>Constants and fields, constructors, properties, events, methods; each by name.</summary>
    public IEnumerable<string> Of(Type type) =>
    [
        .. Sorted(type.GetFields(Declared).Where(field => IsSeen(field, type)).Select(Field)),
        .. Sorted(type.GetConstructors(Declared).Where(constructor => IsSeen(constructor, type) && !IsCopy(constructor)).Select(Constructor)),
        .. Sorted(type.GetProperties(Declared).Where(property => !IsOfRecord(property) && property.GetAccessors(nonPublic: true).Any(accessor => IsSeen(accessor, type)))
            .Select(Property)),
        .. Sorted(type.GetEvents(Declared).Where(raised => IsSeen(raised.AddMethod!, type)).Select(Event)),
        .. Sorted(type.GetMethods(Declared).Where(method => IsSeen(method, type) && IsMethod(method)).Select(Method)),
    ];

    public string Delegate(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        return $"{Attributes(type)}public delegate {_names.Of(invoke.ReturnParameter)} {TypeNames.Of(type)}({Parameters(invoke)});";
    }

    private static IEnumerable<string> Sorted(IEnumerable<(string Name, string Text)> members) =>
        members.OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Text, StringComparer.Ordinal).Select(member => member.Text);

    private (string Name, string Text) Field(FieldInfo field)
    {
        var modifiers = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue(), field.FieldType)}" : "";
        return (field.Name, $"{Attributes(field)}{(field.IsPublic ? "public" : "protected")} {modifiers}{_names.Of(field)} {field.Name}{value};");
    }

    private (string Name, string Text) Constructor(ConstructorInfo constructor) => (
        "",
        $"{Attributes(constructor)}{Access(constructor)} {constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)});");

    private (string Name, string Text) Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(accessor => IsSeen(accessor, property.DeclaringType!)).ToList();
        var widest = accessors.Find(accessor => accessor.IsPublic) ?? accessors[0];
        var body = string.Concat(accessors.OrderBy(accessor => accessor != property.GetMethod).Select(accessor =>
            (Access(accessor) == Access(widest) ? "" : Access(accessor) + " ") + (accessor == property.GetMethod ? "get; " : IsInit(accessor) ? "init; " : "set; ")));
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{Parameters(index)}]" : property.Name;
        return (property.Name, $"{Attributes(property)}{Modifiers(widest)}{required}{_names.Of(property)} {name} {{ {body}}}");
    }

    private (string Name, string Text) Event(EventInfo raised) =>
        (raised.Name, $"{Attributes(raised)}{Modifiers(raised.AddMethod!)}event {_names.Of(raised)} {raised.Name};");

    private (string Name, string Text) Method(MethodInfo method)
    {
        var name = Operators.GetValueOrDefault(method.Name, method.Name);
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        var constraints = TypeNames.Constraints(method.IsGenericMethodDefinition ? method.GetGenericArguments() : []);
        return (method.Name, $"{Attributes(method)}{Modifiers(method)}{_names.Of(method.ReturnParameter)} {name}{generic}({Parameters(method)}){constraints};");
    }

    private string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + Parameters(method.GetParameters());

    private string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{Attributes(parameter)}{Passing(parameter)}{_names.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Literal(parameter.DefaultValue, parameter.ParameterType)}" : "")}"));

    private static string Passing(ParameterInfo parameter) => parameter switch
    {
        { IsOut: true } => "out ",
        { IsIn: true, ParameterType.IsByRef: true } => "in ",
        { ParameterType.IsByRef: true } => "ref ",
        _ => parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "",
    };

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface)
        {
            return method.IsStatic ? "static " : "";
        }

        var overrides = method.GetBaseDefinition() != method;
        return Access(method) + " " + method switch
        {
            { IsStatic: true } => "static ",
            { IsAbstract: true } => overrides ? "abstract override " : "abstract ",
            _ when overrides => method.IsFinal && !method.DeclaringType.IsSealed ? "sealed override " : "override ",
            { IsVirtual: true, IsFinal: false } when !method.DeclaringType.IsSealed => "virtual ",
            _ => "",
        };
    }

    private static string Access(MethodBase method) => method.IsPublic ? "public" : method.IsFamilyOrAssembly ? "protected internal" : "protected";

    private static bool IsSeen(MethodBase method, Type type) => method.IsPublic || (!type.IsSealed && (method.IsFamily || method.IsFamilyOrAssembly));

    private static bool IsSeen(FieldInfo field, Type type) => field.IsPublic || (!type.IsSealed && (field.IsFamily || field.IsFamilyOrAssembly));

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsMethod(MethodInfo method) => (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !IsOfRecord(method) && !(method.Name == "ToString" && method.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static bool IsOfRecord(MemberInfo member) => IsRecord(member.DeclaringType!) && OfRecords.Contains(member.Name);

    private static bool IsCopy(ConstructorInfo constructor) => IsRecord(constructor.DeclaringType!)
        && constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    /// <summary>What the compiler puts on the constructors of types with required members.</summary>
    private static bool IsForOldCompilers(object attribute) =>
        attribute is ObsoleteAttribute { Message: { } text } && text.StartsWith("Constructors of types with required members", StringComparison.Ordinal);

    private static string Argument(object attribute) => attribute switch
    {
        NotNullWhenAttribute onReturn => onReturn.ReturnValue ? "(true)" : "(false)",
        MaybeNullWhenAttribute onReturn => onReturn.ReturnValue ? "(true)" : "(false)",
        ObsoleteAttribute obsolete => $"(\"{obsolete.Message}\")",
        ExperimentalAttribute experimental => $"(\"{experimental.DiagnosticId}\")",
        EditorBrowsableAttribute browsable => $"({browsable.State})",
        _ => "",
    };

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        char letter => $"'{letter}'",
        bool truth => truth ? "true" : "false",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } name => $"{TypeNames.Of(name)}.{Enum.ToObject(name, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
