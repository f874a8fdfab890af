use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree, token_stream};
use quote::TokenStreamExt;

use super::Task;
use super::attributes::RawAttribute;
use super::mark::TaskMark;
use crate::errors::Errors;

/// A member of an `impl` or a trait.
pub(crate) enum Member {
    /// A member that is no task, as written.
    Verbatim(TokenStream),
    /// A task that could not be read. The compiler has reported it already.
    Unread(TokenStream),
    Task(Box<TaskMember>),
}

/// A method that is a task.
pub(crate) struct TaskMember {
    /// The attributes except `#[periodic_task]`.
    pub(crate) attributes: TokenStream,
    /// The visibility and the signature, as written.
    pub(crate) signature: TokenStream,
    /// The body, or the semicolon of a method that a trait requires.
    pub(crate) body: TokenTree,
    pub(crate) task: Task,
}

/// Splits the body of an `impl` or a trait, and reads its tasks.
pub(crate) fn split(body: &Group, errors: &mut Errors) -> Vec<Member> {
    split_raw(body).into_iter().map(|raw| read(raw.attributes, raw.tokens, errors)).collect()
}

fn read(attributes: Vec<RawAttribute>, mut member: Vec<TokenTree>, errors: &mut Errors) -> Member {
    let (mark, attributes) = TaskMark::take(attributes, errors);
    let mut kept = TokenStream::new();
    kept.append_all(&attributes);
    let Some(mark) = mark else {
        kept.append_all(member);
        return Member::Verbatim(kept);
    };
    let kind = kind(&member);
    if kind != Kind::Function {
        let is_read = kind == Kind::Value || is_macro_call(&member);
        kept.append_all(member);
        if !is_read {
            return Member::Unread(kept);
        }
        errors.at(&mark.path, "`#[periodic_task]` goes on a method");
        return Member::Verbatim(kept);
    }
    let body = member.pop();
    let signature: TokenStream = member.into_iter().collect();
    match (Task::read(mark, &attributes, signature.clone(), errors), body) {
        (Some(task), Some(body)) => {
            Member::Task(Box::new(TaskMember { attributes: kept, signature, body, task }))
        }
        (_, body) => {
            kept.extend(signature);
            kept.append_all(body);
            Member::Unread(kept)
        }
    }
}

/// A member whose content is not read.
pub(crate) struct RawMember {
    pub(crate) attributes: Vec<RawAttribute>,
    pub(crate) tokens: Vec<TokenTree>,
}

impl RawMember {
    #[cfg(feature = "remotable")]
    pub(crate) fn is_function(&self) -> bool {
        kind(&self.tokens) == Kind::Function
    }
}

/// Splits the body of an `impl`, and reads none of its members.
pub(crate) fn split_raw(body: &Group) -> Vec<RawMember> {
    let mut tokens = body.stream().into_iter().peekable();
    let mut members = Vec::new();
    while tokens.peek().is_some() {
        let attributes = RawAttribute::take_all(&mut tokens);
        members.push(RawMember { attributes, tokens: take_member(&mut tokens) });
    }
    members
}

/// Takes the tokens up to the end of a member, after its attributes.
fn take_member(tokens: &mut Peekable<token_stream::IntoIter>) -> Vec<TokenTree> {
    let mut member = Vec::new();
    let mut known = None;
    while let Some(token) = tokens.next() {
        let ends = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) if is_braced(group) => {
                match *known.get_or_insert_with(|| kind(&member)) {
                    Kind::Function => !is_const_argument(tokens.peek()),
                    Kind::Value => false,
                    Kind::Other => true,
                }
            }
            _ => false,
        };
        member.push(token);
        if ends {
            break;
        }
    }
    member
}

/// Whether braces are an argument, as in `fn f() -> Array<{ N }>`: neither `>` nor `,` can follow a body.
fn is_const_argument(next: Option<&TokenTree>) -> bool {
    matches!(next, Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), '>' | ','))
}

fn is_braced(group: &Group) -> bool {
    match group.delimiter() {
        Delimiter::Brace => true,
        // A body that a `macro_rules` macro passed on as `$body:block`.
        Delimiter::None => {
            let mut inner = group.stream().into_iter();
            matches!((inner.next(), inner.next()), (Some(TokenTree::Group(inner)), None) if is_braced(&inner))
        }
        Delimiter::Parenthesis | Delimiter::Bracket => false,
    }
}

fn is_macro_call(member: &[TokenTree]) -> bool {
    member.iter().any(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == '!'))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Function,
    /// A constant, whose value may have braces in it, or a type.
    Value,
    /// The call of a macro, or no member.
    Other,
}

/// Returns the kind of a member by its first tokens.
fn kind(member: &[TokenTree]) -> Kind {
    let mut last = Kind::Other;
    for token in member {
        match token {
            TokenTree::Ident(word) => match word.to_string().as_str() {
                "fn" => return Kind::Function,
                // `const fn` and `const NAME` have the same first token.
                "const" | "type" | "static" => last = Kind::Value,
                "pub" | "default" | "async" | "unsafe" | "safe" | "extern" => {}
                _ => return last,
            },
            // A part of `pub(crate)` or `extern "C"`, or a visibility passed on as `$vis`.
            TokenTree::Group(_) | TokenTree::Literal(_) => {}
            TokenTree::Punct(_) => return last,
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    fn members(body: TokenStream) -> Vec<String> {
        let mut tokens = body.into_iter().peekable();
        let mut members = Vec::new();
        while tokens.peek().is_some() {
            members.push(take_member(&mut tokens).into_iter().collect::<TokenStream>().to_string());
        }
        members
    }

    #[track_caller]
    fn splits(body: TokenStream, expected: &[TokenStream]) {
        assert_eq!(members(body), expected.iter().map(ToString::to_string).collect::<Vec<_>>());
    }

    #[test]
    fn functions_end_at_their_body() {
        let one = quote!(
            pub(crate) const unsafe extern "C" fn one(&self) -> u8 {
                1;
                2
            }
        );
        let two = quote!(
            async fn two<T>(&self)
            where
                T: Fn() -> u8,
            {
                loop {}
            }
        );
        let three = quote!(
            fn required(&self);
        );
        splits(quote!(#one #two #three), &[one, two, three]);
    }

    #[test]
    fn braces_in_a_signature_are_no_body() {
        let one = quote!(
            fn one(&self) -> Array<{ N + 1 }> {
                body
            }
        );
        let two = quote!(
            fn two(&self) -> Map<{ N }, u8>
            where
                Array<{ N }>: Copy,
            {
                body
            }
        );
        splits(quote!(#one #two), &[one, two]);
    }

    #[test]
    fn values_end_at_their_semicolon() {
        let one = quote!(
            const ONE: fn() -> u8 = {
                fn one() -> u8 {
                    1
                }
                one
            };
        );
        let two = quote!(
            type Two = [u8; { 2 }];
        );
        let three = quote!(
            const fn three() {}
        );
        splits(quote!(#one #two #three), &[one, two, three]);
    }

    #[test]
    fn macro_calls_end_at_either() {
        let one = quote!(tasks! { fn inner(&self) {} });
        let two = quote!(tasks!(a, b););
        let three = quote!(path::to::tasks! {});
        splits(quote!(#one #two #three), &[one, two, three]);
    }

    #[test]
    fn a_body_may_come_through_another_macro() {
        let body = TokenTree::from(Group::new(Delimiter::None, quote!({ 1 })));
        let one = quote!(fn one(&self) -> u8 #body);
        let two = quote!(
            fn two(&self) {}
        );
        splits(quote!(#one #two), &[one, two]);
    }
}
