using System.Reflection;
using ImaNanoBanana.Tests.Api;

namespace ImaNanoBanana.Tests.Conventions;

/// <summary>What breaks a rule must be exactly what its test lists, each with a reason: a stale exception fails as well.</summary>
internal static class Breaches
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static void AreOnly(IEnumerable<string> found, params (string Name, string Reason)[] exceptions)
    {
        var breaches = found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        string[] wrong =
        [
            .. breaches.Except(exceptions.Select(exception => exception.Name)).Select(name => $"{name} breaks the rule."),
            .. exceptions.Where(exception => !breaches.Contains(exception.Name)).Select(exception => $"{exception.Name} keeps the rule and need not be listed: {exception.Reason}"),
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    public static void AreNone(IEnumerable<string> found) => AreOnly(found);

    public static string Name(MemberInfo member) => member is Type type ? type.Name : $"{member.DeclaringType!.Name}.{member.Name}";

    /// <summary>Methods that an app sees, as far as this SDK named them.</summary>
    public static IEnumerable<MethodInfo> PublicMethods() =>
        Written().SelectMany(type => type.GetMethods(Declared)).Where(method => IsSeen(method) && !method.IsSpecialName && !IsGenerated(method));

    public static IEnumerable<ConstructorInfo> PublicConstructors() =>
        Written().SelectMany(type => type.GetConstructors(Declared)).Where(constructor => IsSeen(constructor) && !IsCopy(constructor));

    public static IEnumerable<PropertyInfo> PublicProperties() => Packages.PublicTypes.SelectMany(type => type.GetProperties(Declared))
        .Where(property => !IsGenerated(property.GetMethod!) && property.GetAccessors(nonPublic: true).Any(IsSeen) && property.Name != "EqualityContract");

    public static IEnumerable<FieldInfo> Fields(IEnumerable<Type> types) => types.SelectMany(type => type.GetFields(Declared));

    public static IEnumerable<MethodInfo> Methods(IEnumerable<Type> types) => types.SelectMany(type => type.GetMethods(Declared));

    public static bool IsSeen(MethodBase method) => method.IsPublic || (!method.DeclaringType!.IsSealed && (method.IsFamily || method.IsFamilyOrAssembly));

    /// <summary>The members of a delegate are the compiler's.</summary>
    private static IEnumerable<Type> Written() => Packages.PublicTypes.Where(type => !type.IsSubclassOf(typeof(Delegate)));

    private static bool IsGenerated(MethodInfo method) =>
        (method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) && MemberSignatures.IsRecord(method.DeclaringType!)
            && method.Name is not ['g', 'e', 't', '_', ..]) || method.Name.Contains('<', StringComparison.Ordinal);

    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;
}
