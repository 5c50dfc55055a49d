using System.Reflection;

namespace VrrpPS.Module.Tests;

/// <summary>What reaches the pipeline: the cmdlets' output types, the job's events, and every object inside them.</summary>
internal static class OutputTypes
{
    public static IReadOnlyList<Type> All { get; } = Collect();

    public static Type? Find(string fullName) => All.FirstOrDefault(t => t.FullName == fullName);

    /// <summary>The type inside a nullable or a list.</summary>
    public static Type ElementOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VrrpList<>) ? type.GetGenericArguments()[0] : type;
    }

    private static List<Type> Collect()
    {
        var found = new List<Type>();
        var waiting = new Queue<Type>(CmdletInfo.All.SelectMany(c => c.OutputTypes).Append(typeof(VrrpEvent)));
        while (waiting.TryDequeue(out var type))
        {
            if (type.Namespace != "VrrpPS" || type.IsEnum || found.Contains(type))
            {
                continue;
            }

            found.Add(type);
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                waiting.Enqueue(ElementOf(property.PropertyType));
            }
        }

        return found;
    }
}
