using System.Collections;
using System.Reflection;
using System.Text;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>
/// What an app can print of an object: its text and, as structured logs do, its public properties, down to a limited depth.
/// </summary>
internal static class ObjectText
{
    private const int Depth = 5;

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, Depth);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        // The text of an exception is checked separately.
        text.Append(value is Exception ? "" : value).Append(' ');
        if (value is null or string or Uri || depth == 0 || value.GetType().IsPrimitive)
        {
            return;
        }

        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                Append(text, item, depth - 1);
            }
        }

        // For types that are not the SDK's, the text is enough: a token or a clock leads to the whole process.
        if (value.GetType().Assembly.GetName().Name?.StartsWith("ImaNanoBanana", StringComparison.Ordinal) is true)
        {
            foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (property.GetIndexParameters().Length == 0 && property.DeclaringType != typeof(Exception))
                {
                    text.Append(property.Name).Append('=');
                    Append(text, Read(property, value), depth - 1);
                }
            }
        }
    }

    private static object? Read(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException?.ToString();
        }
    }
}
