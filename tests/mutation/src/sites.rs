//! The place of a mutant in a file: the part of the syntax tree that its switch must enclose.

use std::collections::HashMap;
use std::ops::Range;

use proc_macro2::Span as RawSpan;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{
    Arm, BinOp, Block, Expr, ExprBinary, ExprMatch, ExprStruct, ExprUnary, File, Member, Pat, PatGuard, UnOp,
};

use crate::listed::{Genre, Place, Span};

/// The switch of a mutant.
#[derive(Clone, Debug)]
pub enum Site {
    /// A branch at the beginning of a function's body.
    Body(usize),
    /// A guard after an arm's pattern.
    Arm(usize),
    /// A choice between this expression and the changed one.
    Expression(Range<usize>),
}

/// The sites of a file, by the place at which a mutant of cargo-mutants begins.
#[derive(Default)]
pub struct Sites(HashMap<(usize, usize, u8), Site>);

impl Sites {
    pub fn of(file: &File) -> Self {
        let mut sites = Self::default();
        sites.visit_file(file);
        sites
    }

    pub fn find(&self, genre: Genre, span: Span) -> Option<&Site> {
        let Place { line, column } = span.start;
        self.0.get(&(line, column, genre as u8))
    }

    fn note(&mut self, genre: Genre, start: RawSpan, site: Site) {
        let start = start.start();
        self.0.insert((start.line, start.column + 1, genre as u8), site);
    }

    fn body(&mut self, block: &Block) {
        if let Some(first) = block.stmts.first() {
            self.note(Genre::FnValue, first.span(), Site::Body(first.span().byte_range().start));
        }
    }
}

/// Whether it is a chain with a `let`, which is valid in a condition only.
fn is_let_chain(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(ExprBinary { left, op: BinOp::And(_), right, .. }) => {
            is_let_chain(left) || is_let_chain(right)
        }
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Sites {
    // The compiler evaluates constants, and there no switch is on.
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}

    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}

    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.body(&item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.body(&item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.body(block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        if !is_let_chain(&binary.left) && !is_let_chain(&binary.right) {
            let site = Site::Expression(binary.span().byte_range());
            self.note(Genre::BinaryOperator, binary.op.span(), site);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_unary(&mut self, unary: &'ast ExprUnary) {
        if matches!(unary.op, UnOp::Not(_) | UnOp::Neg(_)) {
            self.note(Genre::UnaryOperator, unary.op.span(), Site::Expression(unary.span().byte_range()));
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        for Arm { pat, .. } in &matched.arms {
            if let Pat::Guard(PatGuard { guard, .. }) = pat {
                self.note(Genre::MatchArmGuard, guard.span(), Site::Expression(guard.span().byte_range()));
            } else {
                self.note(Genre::MatchArm, pat.span(), Site::Arm(pat.span().byte_range().end));
            }
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_expr_struct(&mut self, made: &'ast ExprStruct) {
        for field in &made.fields {
            if let (Member::Named(_), Some(_)) = (&field.member, &made.rest) {
                self.note(Genre::StructField, field.span(), Site::Expression(made.span().byte_range()));
            }
        }
        visit::visit_expr_struct(self, made);
    }
}
